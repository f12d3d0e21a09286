from __future__ import annotations

from search.results import Hits


def test_no_hits_is_an_answer() -> None:
    nothing = Hits()
    assert (nothing.total, nothing.hits, dict(nothing.facets)) == (0, (), {})
    assert nothing.did_you_mean is None
