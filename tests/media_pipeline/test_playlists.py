"""Playlists are exact."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from media_pipeline import playlists, tracks
from media_pipeline.ladder import Rung
from media_pipeline.tracks import Segment, Track
from tests.media_pipeline.test_tracks import a_track, write_track

P720 = Rung("720p", 1280, 720, 3000, Fraction(30000, 1001))
P360 = Rung("360p", 640, 360, 800, Fraction(15))


def a_track_with_keys() -> Track:
    segments = (
        Segment("s_0.m4s", 6.0, 6000, key_at=76, key_bytes=900),
        Segment("s_1.m4s", 7.48, 3000, key_at=76, key_bytes=1870),
    )
    return replace(a_track("720p"), segments=segments)


def test_a_media_playlist_is_complete_and_ended() -> None:
    assert playlists.media_playlist(a_track_with_keys(), 7) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:7\n"
        "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        '#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI="init.mp4"\n'
        "#EXTINF:6.000000,\ns_0.m4s\n#EXTINF:7.480000,\ns_1.m4s\n#EXT-X-ENDLIST\n"
    )


def test_a_key_playlist_points_into_the_same_segments() -> None:
    assert playlists.key_playlist(a_track_with_keys(), 7) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:7\n"
        "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        '#EXT-X-I-FRAMES-ONLY\n#EXT-X-MAP:URI="init.mp4"\n'
        "#EXTINF:6.000000,\n#EXT-X-BYTERANGE:900@76\ns_0.m4s\n"
        "#EXTINF:7.480000,\n#EXT-X-BYTERANGE:1870@76\ns_1.m4s\n#EXT-X-ENDLIST\n"
    )


def test_one_target_holds_for_all_tracks_of_a_master() -> None:
    short, long = a_track("a", 1, seconds=2), a_track("b", 1, 1, seconds=7.31)
    assert playlists.target_s([short, long]) == 8
    assert playlists.target_s([a_track("a", 1, seconds=0.3)]) == 1


def test_the_master_counts_the_sound_into_every_variant() -> None:
    rungs = [(P720, a_track_with_keys()), (P360, a_track("360p", 600, 300))]
    sound = replace(a_track("audio", 750, 750), codec="mp4a.40.2")
    assert playlists.master_playlist(rungs, [sound]) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,'
        'AUTOSELECT=YES,URI="audio/playlist.m3u8"\n'
        "#EXT-X-STREAM-INF:BANDWIDTH=1800,AVERAGE-BANDWIDTH=1600,"
        'CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=15.000,'
        'AUDIO="audio"\n360p/playlist.m3u8\n'
        "#EXT-X-STREAM-INF:BANDWIDTH=9000,AVERAGE-BANDWIDTH=6342,"
        'CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,'
        'AUDIO="audio"\n720p/playlist.m3u8\n'
        '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=0,CODECS="avc1.64001f",'
        'RESOLUTION=640x360,URI="360p/iframes.m3u8"\n'
        '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=2000,CODECS="avc1.64001f",'
        'RESOLUTION=1280x720,URI="720p/iframes.m3u8"\n'
    )


def test_a_silent_master_names_no_sound() -> None:
    text = playlists.master_playlist([(P720, a_track("720p", 10))], [])
    assert "AUDIO" not in text
    assert 'CODECS="avc1.64001f",RESOLUTION' in text


def test_a_second_encoding_of_the_sound_doubles_the_variants() -> None:
    aac = replace(a_track("audio", 750), codec="mp4a.40.2")
    opus = replace(a_track("audio-opus", 250), codec="opus")
    text = playlists.master_playlist([(P720, a_track("720p", 10))], [aac, opus])
    assert text.count("#EXT-X-MEDIA:") == 2
    assert text.count("\n720p/playlist.m3u8\n") == 2
    assert text.index('mp4a.40.2",RES') < text.index('opus",RES')
    assert text.count('AUDIO="audio-opus"') == 1


def test_playlists_replace_ffmpegs_own(tmp_path: Path) -> None:
    home = write_track(tmp_path, "720p", 10)
    playlists.write_media(tmp_path, [tracks.read_track(tmp_path, "720p")], [], 6)
    assert {path.name for path in home.iterdir()} == {
        "init.mp4",
        "s_0.m4s",
        "playlist.m3u8",
        "iframes.m3u8",
    }


def test_sound_has_no_key_frames_to_list(tmp_path: Path) -> None:
    home = write_track(tmp_path, "audio", 10)
    playlists.write_media(tmp_path, [], [tracks.read_track(tmp_path, "audio")], 6)
    assert not (home / "iframes.m3u8").exists()
