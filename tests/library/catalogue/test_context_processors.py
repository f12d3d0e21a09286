from __future__ import annotations

import pytest
from django.test import RequestFactory

from library.catalogue.context_processors import saves_data


@pytest.mark.parametrize(
    ("cookie", "header", "answer"),
    [
        (None, None, False),
        (None, "on", True),
        ("1", None, True),
        ("0", "on", False),
        ("1", "off", True),
    ],
)
def test_the_visitors_own_switch_beats_the_browsers(
    cookie: str | None, header: str | None, answer: bool
) -> None:
    request = RequestFactory().get("/", headers={"Save-Data": header} if header else {})
    if cookie:
        request.COOKIES["data_saver"] = cookie
    assert saves_data(request) is answer
