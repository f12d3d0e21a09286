from __future__ import annotations

import pytest

from search.elasticsearch import client
from search.elasticsearch.asking import carried, several
from search.elasticsearch.names import Names
from search.errors import NotBuiltError, SearchUnavailableError
from search.index import Engine
from tests.search.clips import CHEMISTRY, MATHS, clip

pytestmark = pytest.mark.elasticsearch
LIVE = Names("public")


def test_each_search_has_its_own_hits(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "A"))
    bodies = [{"query": {"term": {"clip": pk}}} for pk in (2, 1)]
    none, one = several(client.reading(), LIVE.live, bodies)
    assert (none, [hit["_id"] for hit in one]) == ([], ["clip-1"])


def test_one_that_fails_fails_all(elasticsearch: Engine) -> None:
    with pytest.raises(SearchUnavailableError):
        several(client.reading(), LIVE.live, [{}, {"sort": ["nothing"]}])
    with pytest.raises(NotBuiltError):
        several(client.reading(), "nowhere", [{}])


def test_labels_of_clips_that_are_hidden_lead_nowhere(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "A", subject=MATHS))
    elasticsearch.put(clip(2, "A", subject=CHEMISTRY))
    labels = [("subject", one.code, one.name) for one in (MATHS, CHEMISTRY)]
    for hidden, names in {(): ["Toán", "Hóa học"], (1,): ["Hóa học"]}.items():
        known = carried(client.reading(), LIVE.live, labels, hidden)
        assert [name for _, _, name in known] == names
    assert list(carried(client.reading(), LIVE.live, [], ())) == []
