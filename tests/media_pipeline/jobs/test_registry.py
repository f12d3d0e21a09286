"""Kinds of jobs and who does them."""

from __future__ import annotations

import pytest

from media_pipeline.jobs import registry
from media_pipeline.jobs.models import Job


def test_the_handler_of_a_kind_is_found() -> None:
    def handler(job: Job) -> None: ...

    registry.register("test-registry", handler)
    assert registry.of(Job(kind="test-registry")).handler is handler


def test_an_unknown_kind_may_be_known_to_a_newer_worker() -> None:
    with pytest.raises(registry.UnknownKindError, match="'from-tomorrow'") as error:
        registry.of(Job(kind="from-tomorrow"))
    assert not getattr(error.value, "permanent", False)
