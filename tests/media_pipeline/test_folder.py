"""What is ours in OUT_DIR goes, what is not stops us."""

from __future__ import annotations

from pathlib import Path

import pytest

from media_pipeline import folder
from media_pipeline.errors import PackageError

OURS = (
    *("master.m3u8", "download.mp4", "audio.m4a", "poster-1.jpg", "candidate-03.jpg"),
    *("storyboard-2.jpg", "storyboard.vtt", "tones.cube", ".master.m3u8.new"),
)
FOLDERS = ("720p", "480p-av1", "audio", "audio-opus")


def _filled(out: Path) -> Path:
    for name in OURS:
        (out / name).write_text("old")
    for name in FOLDERS:
        (out / name).mkdir()
        (out / name / "init.mp4").write_text("old")
    return out


def test_all_of_an_older_run_is_removed(tmp_path: Path) -> None:
    folder.clear(_filled(tmp_path))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["thesis.docx", "720p.txt", "my-480p-av1"])
def test_a_file_of_others_is_left_and_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("precious")
    with pytest.raises(PackageError, match=name):
        folder.clear(tmp_path)
    assert (tmp_path / name).exists()


def test_a_link_is_removed_and_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a").write_text("precious")
    out = tmp_path / "out"
    out.mkdir()
    (out / "720p").symlink_to(other)
    folder.clear(out)
    assert (other / "a").exists()


def test_only_what_is_named_is_kept(tmp_path: Path) -> None:
    folder.keep_only(_filled(tmp_path), {"master.m3u8", "720p"})
    assert {path.name for path in tmp_path.iterdir()} == {"master.m3u8", "720p"}
