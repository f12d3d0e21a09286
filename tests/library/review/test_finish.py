"""The end of a review publishes the very revision that was approved."""

from __future__ import annotations

import ast
from pathlib import Path

from library.clips.models import ClipPage
from library.review import chain, finish
from tests.cast import Cast


def test_what_was_approved_is_what_goes_live(cast: Cast, clip: ClipPage) -> None:
    state = chain.waiting_step(clip)
    assert state is not None
    assert not cast.minh.has_perm("wagtailcore.publish_page")
    chain.approve(state, cast.minh)
    clip.refresh_from_db()
    assert clip.live_revision_id == state.revision_id


def test_the_module_can_be_imported_while_wagtail_loads() -> None:
    tree = ast.parse(Path(finish.__file__).read_text(encoding="utf-8"))
    imported = {
        node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)
    }
    assert imported == {"__future__", "typing"}
