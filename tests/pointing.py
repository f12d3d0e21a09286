"""Files that name other files or addresses: texts under a video's name, and containers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import forged
from tests.filming import AAC, H264, Maker, encoded, ffmpeg, moving, sine


@dataclass(frozen=True)
class Target:
    """What must not be opened: a video, and an address."""

    file: Path
    url: str

    @property
    def port(self) -> str:
        return self.url.partition("//")[2].partition("/")[0].partition(":")[2]


Pointer = Callable[[Path, Target], None]  # writes a file that points


def nowhere(path: Path) -> Target:
    """A video beside `path`, and an address that nobody has."""
    target = Target(path.with_name("canary.mp4"), "http://127.0.0.1:9/canary.ts")
    target.file.write_bytes(canary())
    return target


@cache
def canary() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "canary.mp4"
        encoded("64x64", 2)(path)
        return path.read_bytes()


def _made(point: Pointer) -> Maker:
    return lambda path: point(path, nowhere(path))


# --- texts ----------------------------------------------------------------------


def _hls(target: str, before: str = "") -> str:
    return (
        f"#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n{before}#EXTINF:2,\n"
        f"{target}\n#EXT-X-ENDLIST\n"
    )


# What stands in braces is filled in: {file}, {name}, {url}, {port}.
TEXTS: dict[str, str] = {
    "playlist": _hls("{name}"),
    "playlist of a path": _hls("file://{file}"),
    "playlist of a system file": _hls("file:///etc/passwd"),
    "remote playlist": _hls("{url}"),
    "playlist with a key": _hls(
        "{name}", '#EXT-X-KEY:METHOD=AES-128,URI="{url}",IV=0x0\n'
    ),
    "playlist with a map": _hls("{url}", '#EXT-X-MAP:URI="{name}"\n'),
    "playlist of a slice": _hls("subfile,,start,0,end,9999,,:{file}"),
    "playlist of a join": _hls("concat:{file}|{file}"),
    "playlist of data": _hls("data:video/mp2t;base64,R0AAEAAAsA0AAcEAAAAB8AAqsQSy"),
    "playlist of a cipher": _hls("crypto+file:{file}"),
    "master playlist": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{url}\n",
    "concat": "ffconcat version 1.0\nfile {name}\n",
    "concat of an address": "ffconcat version 1.0\nfile {url}\noption safe 0\n",
    "dash": (
        '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"'
        ' type="static" mediaPresentationDuration="PT2S"'
        ' profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period>'
        '<AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1">'
        "<BaseURL>{url}</BaseURL></Representation></AdaptationSet>"
        '<AdaptationSet mimeType="video/mp4"><Representation id="2" bandwidth="1">'
        "<BaseURL>{name}</BaseURL></Representation></AdaptationSet></Period></MPD>\n"
    ),
    "smooth manifest": (
        '<?xml version="1.0"?>\n<SmoothStreamingMedia MajorVersion="2" Duration="2">'
        '<StreamIndex Type="video" Url="{url}"/></SmoothStreamingMedia>\n'
    ),
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
    "m=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    "smil": '<smil><body><seq><video src="{name}"/><video src="{url}"/></seq></body>'
    "</smil>\n",
    "asx": '<asx version="3"><entry><ref href="{url}"/></entry></asx>\n',
    "asf reference": "[Reference]\nRef1={url}\nRef2={file}\n",
    "pls": "[playlist]\nFile1={file}\nFile2={url}\nNumberOfEntries=2\n",
    "xspf": '<?xml version="1.0"?><playlist version="1"><trackList><track><location>'
    "{url}</location></track></trackList></playlist>\n",
    "media link": '<?xml version="1.0"?><?quicktime type="application/x-quicktime-'
    'media-link"?><embed autoplay="true" src="{url}"/>\n',
    "drawing": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<image href="file://{file}" width="9" height="9"/><image href="{url}"/></svg>\n',
    "script of a tool": 'DirectShowSource("{file}")\n',
    "captions": "WEBVTT\n\n00:00.000 --> 00:02.000\n{url}\n",
    "metadata": ";FFMETADATA1\ntitle={file}\n[CHAPTER]\nSTART=0\nEND=2000\n",
}


def _written(text: str) -> Pointer:
    def point(path: Path, target: Target) -> None:
        names = {"{file}": str(target.file), "{name}": target.file.name}
        names |= {"{url}": target.url, "{port}": target.port}
        filled = text
        for name, value in names.items():
            filled = filled.replace(name, value)
        path.write_text(filled, encoding="utf-8")

    return point


# --- containers -------------------------------------------------------------------


def _by_an_alias(path: Path, target: Target) -> None:
    encoded()(path)
    path.write_bytes(forged.by_an_alias(str(target.file))(path.read_bytes()))


def _at_an_address(path: Path, target: Target) -> None:
    encoded()(path)
    path.write_bytes(forged.at_an_address(target.url)(path.read_bytes()))


def _with_a_next_part(path: Path, target: Target) -> None:
    encoded(options=(*H264, *AAC, "-fflags", "+bitexact"))(path)
    path.write_bytes(forged.next_part(target.file.name)(path.read_bytes()))


def _with_attachments(path: Path, target: Target) -> None:
    page = path.with_name("page.html")
    page.write_text(f'<html><img src="{target.url}"></html>', encoding="utf-8")
    kinds = ("-metadata:s:t", "mimetype=text/html")
    name = ("-metadata:s:t", f"filename=../../{target.file.name}")
    options = (*H264, *AAC, "-attach", str(page), *kinds, *name)
    encoded(options=options)(path)


def _with_a_subtitle(path: Path, target: Target) -> None:
    """A track of words, one of which is a whole playlist."""
    words = path.with_name("words.srt")
    listed = _hls(f"file://{target.file}").replace("\n", "\\N")
    words.write_text(f"1\n00:00:00,000 --> 00:00:01,500\n{listed}\n", encoding="utf-8")
    ffmpeg(
        *(*moving("320x240", 2), *sine(2), "-i", words),
        *("-map", "0", "-map", "1", "-map", "2", *H264, *AAC, "-c:s", "srt", path),
    )


def _with_a_caption_file(path: Path, target: Target) -> None:
    """An AVI whose subtitle track holds a caption file, which is a playlist."""
    raw = path.with_name("words.raw")
    raw.write_bytes(forged.captioned(_hls(f"file://{target.file}")) * 4)
    ffmpeg(
        *(*moving("320x240", 2), "-f", "u8", "-ar", "8000", "-ac", "1", "-i", raw),
        *("-c:v", "mpeg4", "-c:a", "copy", "-f", "avi", path),
    )
    path.write_bytes(forged.sound_as_subtitles(path.read_bytes()))


REFUSED: dict[str, tuple[str, Pointer]] = {
    **{name: (".mp4", _written(text)) for name, text in TEXTS.items()},
    "playlist under its own name": (".m3u8", _written(TEXTS["remote playlist"])),
    "media by an alias": (".mov", _by_an_alias),
}
# They have pictures of their own, and nothing but these may come out.
ACCEPTED: dict[str, tuple[str, Pointer]] = {
    "media at an address": (".mp4", _at_an_address),
    "a next part": (".mkv", _with_a_next_part),
    "attachments": (".mkv", _with_attachments),
    "a playlist as subtitle": (".mkv", _with_a_subtitle),
    "a playlist as caption file": (".avi", _with_a_caption_file),
}
VERDICTS = dict.fromkeys(REFUSED, "not_a_video") | {"media by an alias": "damaged"}


def table(
    pointers: dict[str, tuple[str, Pointer]],
) -> dict[str, tuple[str, str, Maker]]:
    """As in `clips.py`: file name, suffix, maker."""
    return {
        name: ("bài", suffix, _made(point))
        for name, (suffix, point) in pointers.items()
    }
