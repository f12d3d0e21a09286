"""Work that is divided: its parts, the whole afterwards, and one part that fails."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from media_pipeline import jobs
from media_pipeline.jobs import claim, janitor, lease, outcome, registry, worker
from media_pipeline.jobs.models import Job
from media_pipeline.jobs.parts import Part, divide

pytestmark = pytest.mark.django_db

PARTS = [Part(f"whole/{n}", "test-part", {"n": n}) for n in range(3)]


class HopelessError(Exception):
    permanent = True


@pytest.fixture
def told() -> list[str]:
    """What happened, in order."""
    return []


@pytest.fixture(autouse=True)
def _kinds(told: list[str]) -> None:
    """`whole` divides itself until all its parts are done; then it gathers."""

    def whole(job: Job) -> None:
        done = job.parts.filter(state=Job.State.DONE)
        if done.count() < len(PARTS):
            told.append("divide")
            divide(job, PARTS, priority=3)
        else:
            told.append(f"gather {sorted(one.result['n'] for one in done)}")

    def part(job: Job) -> dict[str, int]:
        told.append(f"part {job.spec['n']}")
        return {"n": job.spec["n"]}

    def gave_up(job: Job, error: Exception) -> None:
        told.append(f"{job.key} gave up: {error}")

    jobs.register("test-whole", whole, gave_up=gave_up)
    jobs.register("test-part", part)


def waiting_whole() -> Job:
    jobs.request("whole", "test-whole", priority=9)
    worker.run_best("default")
    found = Job.objects.get(key="whole")
    assert found.state == "waiting"
    return found


def claimed() -> Job:
    found = claim.best("default")
    assert found is not None
    return found


def state(key: str) -> str:
    return Job.objects.get(key=key).state


def test_the_parts_are_done_then_the_whole_runs_once_more(told: list[str]) -> None:
    jobs.request("whole", "test-whole")
    assert worker.drain() == 5
    assert told == ["divide", "part 0", "part 1", "part 2", "gather [0, 1, 2]"]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_a_whole_that_waits_is_not_run_and_not_taken_from_anybody() -> None:
    whole = waiting_whole()
    assert (whole.lease, whole.progress < 1, whole.finished_at) == ("", True, None)
    assert janitor.take_back() == 0
    assert claimed().key == "whole/0"


def test_parts_are_as_urgent_as_asked_and_gathering_is_more_so() -> None:
    waiting_whole()
    assert {part.priority for part in Job.objects.filter(kind="test-part")} == {3}
    jobs.request("other", "test-part", spec={"n": 7}, priority=3)
    order = [job.key for _ in range(4) if (job := claim.best("default"))]
    assert order == ["whole/0", "whole/1", "whole/2", "other"]
    for key in order[:3]:
        outcome.finish(Job.objects.get(key=key), {"n": 0})
    outcome.give_back(Job.objects.get(key="other"))
    assert claimed().key == "whole"


def test_dividing_again_leaves_alone_what_is_done_or_being_done(
    told: list[str],
) -> None:
    waiting_whole()
    worker.run_best("default")
    running = claimed()
    jobs.request("whole", "test-whole", priority=9)
    worker.run_best("default")
    assert told == ["divide", "part 0", "divide"]
    assert (state("whole/0"), state("whole/1"), state("whole/2")) == (
        "done",
        "running",
        "queued",
    )
    assert outcome.finish(running, {"n": 1})
    worker.drain()
    assert told[-2:] == ["part 2", "gather [0, 1, 2]"]


def test_the_last_part_may_end_before_the_whole_has(told: list[str]) -> None:
    jobs.request("whole", "test-whole")
    whole = claimed()
    registry.of(whole).handler(whole)
    while worker.run_best("default"):
        pass
    assert state("whole") == "running"
    assert outcome.finish(whole)
    worker.drain()
    assert told[-1] == "gather [0, 1, 2]"
    assert told.count("divide") == 1


def test_a_whole_that_was_killed_after_dividing_itself_divides_nothing_twice(
    told: list[str],
) -> None:
    jobs.request("whole", "test-whole")
    whole = claimed()
    registry.of(whole).handler(whole)
    Job.objects.filter(key="whole").update(lease_until="2020-01-01T00:00Z")
    assert janitor.take_back() == 1
    Job.objects.update(run_after="2020-01-01T00:00Z")
    worker.drain()
    assert [one for one in told if one.startswith("part")] == [
        "part 0",
        "part 1",
        "part 2",
    ]
    assert told[-1] == "gather [0, 1, 2]"


def test_one_part_that_fails_for_good_ends_the_whole_and_stops_the_others(
    told: list[str],
) -> None:
    waiting_whole()
    worker.run_best("default")
    failing, other = claimed(), claimed()
    with lease.kept(other):
        outcome.fail(failing, HopelessError("rotten"), outcome.pause(1))
        assert told[-1] == "whole gave up: rotten"
        assert (state("whole"), state("whole/0"), state("whole/1")) == (
            "failed",
            "done",  # kept for another start
            "failed",
        )
        assert Job.objects.get(key="whole").error == "rotten"
        assert not Job.objects.filter(key="whole/2").exists()
        lease.report(other, 0.5)
        assert lease.is_lost(other)
    assert not outcome.finish(other)


def test_a_part_that_may_be_tried_again_does_not_disturb_the_others() -> None:
    waiting_whole()
    outcome.fail(claimed(), RuntimeError("bad weather"), outcome.pause(1))
    assert (state("whole"), state("whole/0")) == ("waiting", "queued")


def test_asked_for_again_after_a_failure_only_what_is_missing_is_done(
    told: list[str],
) -> None:
    waiting_whole()
    worker.run_best("default")
    outcome.fail(claimed(), HopelessError("rotten"), outcome.pause(1))
    told.clear()
    jobs.request("whole", "test-whole")
    worker.drain()
    assert told[0] == "divide"
    assert sorted(told[1:3]) == ["part 1", "part 2"]
    assert told[3:] == ["gather [0, 1, 2]"]


def test_a_whole_that_fails_takes_its_waiting_parts_with_it(told: list[str]) -> None:
    waiting_whole()
    jobs.request("whole", "test-whole", priority=9)
    outcome.fail(claimed(), HopelessError("full"), outcome.pause(1))
    assert told[-1] == "whole gave up: full"
    assert not Job.objects.filter(kind="test-part").exists()


def test_a_whole_that_waits_for_nothing_is_found_by_the_janitor(
    told: list[str],
) -> None:
    waiting_whole()
    Job.objects.filter(kind="test-part").update(state="done", result={"n": 1})
    assert outcome.gather() == 1
    assert outcome.gather() == 0
    worker.drain()
    assert told[-1] == "gather [1, 1, 1]"


def last_parts_end_together() -> None:
    waiting_whole()
    last = [claimed() for _ in PARTS]
    at_once = threading.Barrier(len(last))

    def end(job: Job) -> None:
        at_once.wait()
        lease.patiently(lambda: outcome.finish(job, {"n": job.spec["n"]}))
        connection.close()

    threads = [threading.Thread(target=end, args=(job,)) for job in last]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = claimed()
    assert (whole.key, whole.attempt, whole.asked_again) == ("whole", 1, False)
    assert claim.best("default") is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_last_parts_that_end_together_one_calls_the_whole() -> None:
    last_parts_end_together()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_last_parts_that_end_together_on_postgresql_one_calls_the_whole() -> None:
    for _ in range(5):
        last_parts_end_together()
        Job.objects.all().delete()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_part_that_fails_and_one_that_ends_do_not_wait_for_each_other() -> None:
    for _ in range(5):
        waiting_whole()
        failing, ending, _ = (claimed() for _ in PARTS)
        at_once = threading.Barrier(2)

        def fail(at_once: threading.Barrier = at_once, job: Job = failing) -> None:
            at_once.wait()
            outcome.fail(job, HopelessError("rotten"), outcome.pause(1))
            connection.close()

        def end(at_once: threading.Barrier = at_once, job: Job = ending) -> None:
            at_once.wait()
            outcome.finish(job, {"n": 1})
            connection.close()

        threads = [threading.Thread(target=one) for one in (fail, end)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert state("whole") == "failed"
        assert not Job.objects.unfinished().exists()
        Job.objects.all().delete()
