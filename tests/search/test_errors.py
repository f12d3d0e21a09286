from __future__ import annotations

import search.errors
from search.errors import SearchError


def test_every_error_is_drawn_in_the_tree_and_hangs_on_its_root() -> None:
    for name, value in vars(search.errors).items():
        if isinstance(value, type):
            assert issubclass(value, SearchError)
            assert name in (search.errors.__doc__ or "")
