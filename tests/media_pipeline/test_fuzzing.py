"""Whatever happens to the bytes of a file, it is accepted or refused, in bounds."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_pipeline.errors import RefusedError
from media_pipeline.reasons import MESSAGES
from media_pipeline.session import Session
from media_pipeline.transcode import transcode
from tests import shelf
from tests.filming import AAC, H264, encoded

pytestmark = pytest.mark.ffmpeg

CONTAINERS: dict[str, tuple[str, ...]] = {
    "mp4": (*H264, *AAC),
    "mov": (*H264, "-c:a", "pcm_s16le"),
    "mkv": (*H264, *AAC),
    "webm": ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"),
    "avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "flv": ("-c:v", "flv1", "-c:a", "libmp3lame", "-ar", "44100"),
    "wmv": ("-c:v", "wmv2", "-c:a", "wmav2"),
    "ts": (*H264, *AAC),
    "mpg": ("-c:v", "mpeg2video", "-c:a", "mp2"),
}
HEAD = 2000  # where most of what demuxers read stands


def _seed(kind: str) -> bytes:
    film = encoded("64x48", 1.5, options=CONTAINERS[kind])
    folder = shelf.once(f"seed {kind}", lambda new: film(new / f"seed.{kind}"))
    return (folder / f"seed.{kind}").read_bytes()


SHARES = st.floats(0, 1, exclude_max=True)
Change = tuple[str, float, int, str]
CHANGES: st.SearchStrategy[Change] = st.tuples(
    st.sampled_from(["cut", "flip", "flip head", "splice", "zero", "insert", "delete"]),
    SHARES,
    st.integers(1, 3000),
    st.sampled_from(sorted(CONTAINERS)),
)


def _changed(data: bytes, change: Change) -> bytes:
    how, share, size, other = change
    at = int(share * (min(HEAD, len(data)) if how == "flip head" else len(data)))
    if how == "cut":
        return data[:at]
    if how.startswith("flip"):
        flipped = bytes([data[at] ^ 1 << size % 8]) if data else b""
        return data[:at] + flipped + data[at + 1 :]
    gone = data[at : at + size]
    new = {
        "splice": _seed(other)[at : at + size],
        "zero": bytes(len(gone)),
        "insert": bytes(size) + gone,
        "delete": b"",
    }[how]
    return data[:at] + new + data[at + size :]


@settings(
    max_examples=40,
    deadline=None,  # of one example; the processes have their own
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    kind=st.sampled_from(sorted(CONTAINERS)),
    changes=st.lists(CHANGES, min_size=1, max_size=4),
)
def test_a_file_with_changed_bytes_is_accepted_or_refused(
    kind: str, changes: list[Change]
) -> None:
    data = _seed(kind)
    for change in changes:
        data = _changed(data, change)
    session = Session()
    with tempfile.TemporaryDirectory() as name:
        path, out = Path(name) / f"film.{kind}", Path(name) / "out"
        path.write_bytes(data)
        reason = ""
        try:
            assert transcode(path, out, session=session).is_whole
        except RefusedError as error:
            reason = error.reason
        assert reason in {"", *MESSAGES}
        assert bool(list(out.iterdir())) is not bool(reason)
    assert session.spent.peak_bytes < 1024**3
