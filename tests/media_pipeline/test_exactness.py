"""What the playlists promise is what ffprobe finds in the segments, to the picture."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from pathlib import Path

import pytest

from tests import packages
from tests.packages import Made, Variant

pytestmark = pytest.mark.ffmpeg


PROFILES = {"High": "6400", "Main": "4d40", "Constrained Baseline": "42c0"}


@pytest.fixture(params=["long slides", "ntsc camera", "plain slides", "plain camera"])
def one(request: pytest.FixtureRequest) -> Made:
    return packages.made(request.param, TRANSCODE_AV1=True, TRANSCODE_OPUS=True)


def _variants(one: Made) -> list[Variant]:
    return packages.variants(one.out)


def _sound_of(one: Made, variant: Variant) -> str:
    return f"{variant.attributes['AUDIO']}/playlist.m3u8"


def _rates(playlist: Path) -> list[tuple[float, float]]:
    """Seconds and bits per second of each segment."""
    return [
        (seconds, path.stat().st_size * 8 / seconds)
        for seconds, path in packages.segments(playlist)
    ]


def _heard_bits(playlist: Path, start_s: float, end_s: float) -> float:
    """Of the sound that plays in that time."""
    bits, here_s = 0.0, 0.0
    for seconds, rate in _rates(playlist):
        overlap_s = min(end_s, here_s + seconds) - max(start_s, here_s)
        bits += max(0.0, overlap_s) * rate
        here_s += seconds
    return bits


def test_bandwidth_is_the_measured_peak_with_sound(one: Made) -> None:
    for variant in _variants(one):
        video = _rates(one.out / variant.playlist)
        sound = one.out / _sound_of(one, variant)
        told = int(variant.attributes["BANDWIDTH"])
        assert told >= max(r for _, r in video) + max(r for _, r in _rates(sound))
        here_s, together = 0.0, []
        for seconds, rate in video:
            heard = _heard_bits(sound, here_s, here_s + seconds) / seconds
            together.append(rate + heard)
            here_s += seconds
        assert told <= 1.15 * max(together)


def test_average_bandwidth_is_the_whole_over_the_time(one: Made) -> None:
    for variant in _variants(one):
        bps = 0.0
        for playlist in (variant.playlist, _sound_of(one, variant)):
            pieces = packages.segments(one.out / playlist)
            bits = sum(path.stat().st_size * 8 for _, path in pieces)
            bps += bits / sum(seconds for seconds, _ in pieces)
        told = int(variant.attributes["AVERAGE-BANDWIDTH"])
        assert told == pytest.approx(bps, rel=0.01)
        assert told <= int(variant.attributes["BANDWIDTH"])


def test_codecs_size_and_rate_are_those_of_the_stream(
    one: Made, tmp_path: Path
) -> None:
    for variant in _variants(one):
        path = packages.joined(one.out / variant.playlist, tmp_path / "joined.mp4")
        (video,) = packages.streams(path, decoded=False)
        video_codec, sound_codec = variant.attributes["CODECS"].split(",")
        level = int(video["level"])
        if video["codec_name"] == "h264":
            profile = PROFILES[video["profile"]]
            assert video_codec == f"avc1.{profile}{level:02x}"
        else:
            assert video_codec == f"av01.0.{level:02}M.08"
        assert (
            sound_codec
            == {"audio": "mp4a.40.2", "audio-opus": "opus"}[variant.attributes["AUDIO"]]
        )
        size = f"{video['width']}x{video['height']}"
        assert variant.attributes["RESOLUTION"] == size
        rate = Fraction(video["r_frame_rate"])
        assert variant.attributes["FRAME-RATE"] == f"{float(rate):.3f}"


def test_every_rung_is_cut_at_the_same_key_frames(one: Made, tmp_path: Path) -> None:
    cuts = []
    for playlist in sorted({variant.playlist for variant in _variants(one)}):
        pieces = packages.segments(one.out / playlist)
        starts_s = [0.0, *accumulate(seconds for seconds, _ in pieces)][:-1]
        found = packages.pictures(
            packages.joined(one.out / playlist, tmp_path / "joined.mp4")
        )
        keys_s = [time for time, is_key in found if is_key]
        near = [min(keys_s, key=lambda key, at=at: abs(key - at)) for at in starts_s]  # type: ignore[misc]
        assert near == pytest.approx(starts_s, abs=0.002)
        is_copy = any(
            r.is_copy and r.playlist == playlist for r in one.manifest.renditions
        )
        assert is_copy or len(keys_s) == len(pieces)
        cuts.append(near)
    assert len(cuts) > 1
    for other in cuts[1:]:
        assert other == pytest.approx(cuts[0], abs=0.002)


def test_playlists_of_one_master_name_one_target(one: Made) -> None:
    targets = set()
    for playlist in one.out.rglob("*.m3u8"):
        if playlist.name != "master.m3u8":
            text = playlist.read_text()
            target = int(text.split("#EXT-X-TARGETDURATION:")[1].split()[0])
            lengths = [
                float(line[8:-1]) for line in text.split() if line[:8] == "#EXTINF:"
            ]
            assert max(map(round, lengths)) <= target
            targets.add(target)
    assert len(targets) == 1


def test_each_entry_of_a_key_playlist_is_one_whole_picture(
    one: Made, tmp_path: Path
) -> None:
    text = (one.out / "master.m3u8").read_text()
    for rendition in one.manifest.renditions:
        folder = one.out / rendition.name
        assert f'URI="{rendition.name}/iframes.m3u8"' in text
        ranges = packages.key_ranges(folder / "iframes.m3u8")
        starts_s = [0.0, *accumulate(seconds for seconds, _ in ranges)]
        alone = tmp_path / "alone.mp4"
        for (_, data), start_s in zip(ranges, starts_s, strict=False):
            alone.write_bytes(packages.init_of(folder / "playlist.m3u8") + data)
            time_s, is_key = packages.pictures(alone)[0]
            assert is_key
            assert time_s == pytest.approx(start_s, abs=0.002)
            if not rendition.codec.startswith("av01"):  # which this ffmpeg may not read
                assert packages.streams(alone)[0]["nb_read_frames"] == "1"
        whole = packages.segments(folder / "playlist.m3u8")[0][1]
        assert len(ranges[0][1]) < whole.stat().st_size


def test_players_without_new_codecs_find_every_rung(one: Made) -> None:
    plain = [
        variant.playlist
        for variant in _variants(one)
        if variant.attributes["CODECS"].startswith("avc1")
        and variant.attributes["CODECS"].endswith("mp4a.40.2")
    ]
    h264 = [r for r in one.manifest.renditions if r.codec.startswith("avc1")]
    assert plain == [rendition.playlist for rendition in reversed(h264)]
    first = _variants(one)[0]
    assert first.playlist == plain[0]
    assert any(v.attributes["CODECS"].endswith("opus") for v in _variants(one))
    is_camera = one.manifest.content == "camera"
    assert (
        any(v.attributes["CODECS"].startswith("av01") for v in _variants(one))
        == is_camera
    )
