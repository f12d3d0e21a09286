"""Every ffmpeg and ffprobe command of the project, as pure functions that return argv.

Nothing runs here. Commands run in the output folder (`cwd`), so that outputs are plain
relative names; the user's file is always an absolute `file:` path behind whitelists.
"""

from __future__ import annotations

from media_pipeline.commands.asking import (
    GRAIN_SIZE,
    LOOK_SIZE,
    describe,
    examine,
    is_spoilt_picture,
    is_undecodable,
    list_packets,
    listing,
    version,
)
from media_pipeline.commands.copying import (
    DOWNLOAD,
    SOUND_FILE,
    copy_rung,
    join_download,
)
from media_pipeline.commands.encoding import WORK_PLAYLIST, encode
from media_pipeline.commands.graph import MAX_PIXELS, SOUND_FORMATS
from media_pipeline.commands.likeness import PICTURES, SPECTRUM, look_and_listen
from media_pipeline.commands.picture import TONE_TABLE
from media_pipeline.commands.pieces import (
    count_pictures,
    encode_piece,
    encode_sound,
    file_of,
    first_picture_s,
    join_list,
    join_pieces,
    stills_of,
)
from media_pipeline.commands.recipe import AUDIO, OPUS, Recipe

__all__ = [
    "AUDIO",
    "DOWNLOAD",
    "GRAIN_SIZE",
    "LOOK_SIZE",
    "MAX_PIXELS",
    "OPUS",
    "PICTURES",
    "SOUND_FILE",
    "SOUND_FORMATS",
    "SPECTRUM",
    "TONE_TABLE",
    "WORK_PLAYLIST",
    "Recipe",
    "copy_rung",
    "count_pictures",
    "describe",
    "encode",
    "encode_piece",
    "encode_sound",
    "examine",
    "file_of",
    "first_picture_s",
    "is_spoilt_picture",
    "is_undecodable",
    "join_download",
    "join_list",
    "join_pieces",
    "list_packets",
    "listing",
    "look_and_listen",
    "stills_of",
    "version",
]
