"""Pictures come from the decode that feeds the rungs, as many as the page needs."""

from __future__ import annotations

from tests.media_pipeline.commands.argv import encode_all, graph_of
from tests.media_pipeline.test_ladder import a_source


def test_candidates_and_sheets_cost_no_decode_of_their_own() -> None:
    argv = encode_all(a_source())
    assert argv.count("-i") == 1
    assert [part for part in argv if part.endswith(".jpg")] == [
        "candidate-%02d.jpg",
        "storyboard-%d.jpg",
    ]


def test_candidates_stand_in_the_middle_of_equal_parts_of_the_clip() -> None:
    assert "fps=12000/60000:start_time=2.500" in graph_of(encode_all(a_source()))


def test_sheets_have_a_picture_for_every_interval() -> None:
    graph = graph_of(encode_all(a_source(duration_ms=60_000)))
    assert "fps=1/2:start_time=0" in graph
    assert "scale=160:90:out_color_matrix=smpte170m:out_range=pc" in graph
    assert "tile=10x3" in graph
