from __future__ import annotations

from io import StringIO

from django.core.management import call_command

from search import index
from search.queries import Query
from tests.cast import Cast
from tests.library.clips import factories


def test_a_rebuild_finds_what_is_live_and_forgets_the_rest(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan, title="Đường tròn")
    factories.ready(cast.school_a, cast.lan, title="Đường thẳng")
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue() == "1 clips indexed\n"
    assert [hit.id for hit in index.search(Query("duong")).hits] == [clip.pk]
    clip.unpublish()
    call_command("rebuild_search", stdout=out)
    assert index.search(Query("duong")).total == 0
