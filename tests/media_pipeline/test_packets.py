"""Reading packets stops at the first that shows what the file is."""

from __future__ import annotations

import pytest

from media_pipeline.errors import RefusedError
from media_pipeline.packets import PER_SECOND, Bar, Packets, check_covered, read
from media_pipeline.session import Session
from tests.clips import clip


def _bar(
    max_seconds: float = 100, max_streams: int = 3, pictures: int | None = None
) -> Bar:
    return Bar(max_seconds, max_streams, {} if pictures is None else {0: pictures})


@pytest.mark.parametrize(
    ("packets", "bar", "reason"),
    [
        (Packets(count=25 * 161, start_s=0, end_s=161), _bar(), "too_long"),
        (Packets(count=9, start_s=0, end_s=90_000), _bar(), "damaged"),
        (Packets(count=201, start_s=0, end_s=2), _bar(pictures=50), "damaged"),
        (Packets(count=PER_SECOND * 12 + 1, start_s=0, end_s=2), _bar(), "damaged"),
    ],
    ids=["long", "a time that jumps", "an edit list that loops", "far too dense"],
)
def test_it_stops_with_a_reason(packets: Packets, bar: Bar, reason: str) -> None:
    with pytest.raises(RefusedError) as caught:
        bar.check(0, packets)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "packets",
    [
        Packets(count=25 * 100, start_s=0, end_s=100),
        Packets(count=10, start_s=0, end_s=90),  # slides
        Packets(count=200, start_s=0, end_s=2),  # slow motion
        Packets(count=3),  # none with a time yet
    ],
)
def test_it_lets_honest_ones_pass(packets: Packets) -> None:
    _bar(pictures=packets.count).check(0, packets)
    _bar().check(0, packets)


def test_a_recording_with_a_hole_is_not_all_there() -> None:
    sound, picture = Packets(end_byte=80_000), Packets(end_byte=99_000)
    check_covered("mpegts", [sound, picture], 100_000)
    picture.hole_bytes = 9_000
    check_covered("mpegts", [sound, picture], 100_000)
    picture.hole_bytes = 10_000
    with pytest.raises(RefusedError, match="no packets in 10000"):
        check_covered("mpegts", [sound, picture], 100_000)
    check_covered("ogg", [sound, picture], 100_000)  # packets stand in pages
    with pytest.raises(RefusedError, match="packets in 99000"):
        check_covered("ogg", [sound, picture], 200_000)


@pytest.mark.ffmpeg
def test_the_packets_of_a_clip_are_counted_by_stream() -> None:
    path = clip("ts")
    video, sound = read(path, _bar(), Session()).values()
    assert video.count == 50
    assert video.span_s == pytest.approx(2, abs=0.01)
    assert video.keyframes_s[0] == video.start_s
    assert not video.is_sparse
    assert 0 < video.bytes + sound.bytes < path.stat().st_size
    end = max(video.end_byte, sound.end_byte)
    assert 0.9 * path.stat().st_size < end <= path.stat().st_size


@pytest.mark.ffmpeg
def test_streams_that_nobody_announced_are_counted() -> None:
    with pytest.raises(RefusedError, match="over 1 streams"):
        read(clip("ts"), _bar(max_streams=1), Session())
