from __future__ import annotations

from fnmatch import fnmatch
from typing import Any

from search.elasticsearch.mapping import shape
from search.elasticsearch.names import Names, fill


def test_each_index_knows_its_own_fillings_alone(settings: Any) -> None:
    settings.ELASTICSEARCH_INDEX = "library"
    public, scratch = Names("public"), Names("public-check")
    filling = public.new_filling()
    assert public.live == f"library.public.{shape()}"
    assert fnmatch(public.live, public.every_filling)
    assert fnmatch(f"library.public.{'0' * 8}.building", public.every_filling)
    assert fnmatch(filling, public.every_filling)
    assert not fnmatch(filling, scratch.every_filling)
    assert not fnmatch(scratch.new_filling(), public.every_filling)


def test_no_two_fillings_and_no_two_ways_to_them_are_called_alike() -> None:
    names = Names("public")
    made = {names.new_filling() for _ in range(50)}
    assert len(made | {fill(name) for name in made}) == 100
    assert names.live not in made
