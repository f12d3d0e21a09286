"""Random years of an organisation: the numbers hold at each step, undoing gives all back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.library.reorganising.years import Scene, Years

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]

SHARDS = 10
STEPS = 100


def lived_through(number: int, examples: int, steps: int) -> None:
    @seed(number)
    class Lived(Years):
        scene = Scene()

    run_state_machine_as_test(
        Lived,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=(Phase.generate,),  # shrinking such years takes longer than they are
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_few_years() -> None:
    lived_through(2021, examples=2, steps=20)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_many_years(shard: int) -> None:
    """Five hundred steps each."""
    lived_through(shard, examples=5, steps=STEPS)
