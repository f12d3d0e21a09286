"""Fixtures that every room uses: the cast, and what a missing service means."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from media_pipeline import binaries, sandbox
from tests import clusters, databases, nodes, shelf
from tests.browsers import CHROMIUM, browser, errors, page
from tests.cast import Cast, assemble
from tests.snapshots import Remembered
from tests.storages import any_storages, folders, local_storages, s3_bucket, s3_storages

__all__ = ["any_storages", "folders", "local_storages", "s3_bucket", "s3_storages"]
__all__ += ["browser", "errors", "page"]


def _opens() -> bool:
    return not sandbox.fault_with(binaries.find().ffprobe)


MISSING: dict[str, Callable[[], str]] = {
    "elasticsearch": lambda: (
        ""
        if os.environ.get("ELASTICSEARCH_TEST_URL")
        else "no Elasticsearch: set ELASTICSEARCH_TEST_URL (docs/operations.md says how)"
    ),
    "own_elasticsearch": nodes.missing,
    "s3": lambda: (
        ""
        if os.environ.get("S3_TEST_ENDPOINT")
        else "no S3 server: set S3_TEST_ENDPOINT (docs/operations.md says how)"
    ),
    "postgresql": lambda: (
        ""
        if connection.vendor == "postgresql"
        else "not on PostgreSQL: `make test` uses POSTGRESQL_TEST_URL"
    ),
    "own_postgresql": clusters.missing,
    "sandbox": lambda: (
        "" if _opens() else "no sandbox: install bubblewrap (docs/operations.md)"
    ),
    "browser": lambda: (
        "" if Path(CHROMIUM).exists() else "no Chromium: install it or set CHROMIUM"
    ),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A missing service skips its tests and says how to get it; with CI=true it fails."""
    for marker, missing in MISSING.items():
        if item.get_closest_marker(marker) and (why := missing()):
            if os.environ.get("CI") == "true":
                pytest.fail(why)
            pytest.skip(why)


remembered_cast = Remembered(assemble)


@pytest.fixture
def cast(db: None) -> Cast:
    return remembered_cast()


@pytest.fixture(autouse=True)
def the_librarys_own_language() -> Iterator[None]:
    """A request in English leaves English behind, for whatever test comes next."""
    yield
    translation.deactivate()


# --- the database -----------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """Workers share a shelf; and a database that is made while they collect their tests."""
    places = contextlib.ExitStack()
    places.enter_context(shelf.put_up())
    config.add_cleanup(places.close)
    if config.getoption("numprocesses", 0) and connection.vendor == "sqlite":
        places.callback(databases.begin("library.settings"))


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> Iterator[bool]:
    """On SQLite tests begin with a copy of a migrated database."""
    if connection.vendor != "sqlite":
        yield request.config.getoption("reuse_db")
        return
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    with databases.kept(name, "library.settings"):
        yield True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """A transactional test leaves empty tables; the next one may be of any kind."""
    yield
    marker = item.get_closest_marker("django_db")
    fixtures = {"live_server", "transactional_db"} & set(
        getattr(item, "fixturenames", ())
    )
    if fixtures or (marker and marker.kwargs.get("transaction")):
        databases.restore()


# --- which test runs where, and when ------------------------------------------------


# What many do at once, and what is summed up in SQL, must hold on both databases.
ON_POSTGRESQL_TOO = (
    "tests/house/test_snapshots.py",
    "tests/journey/",
    "tests/library/audit/test_append_only.py",
    "tests/library/catalogue/test_results.py",
    "tests/library/catalogue/test_suggestions.py",
    "tests/library/consent/test_answering.py",
    "tests/library/consent/test_cases.py",
    "tests/library/consent/test_people.py",
    "tests/library/consent/test_problems.py",
    "tests/library/contributions/test_append_only.py",
    "tests/library/contributions/test_crews.py",
    "tests/library/contributions/test_delegating.py",
    "tests/library/contributions/test_freezing",
    "tests/library/contributions/test_ledger.py",
    "tests/library/contributions/test_recount.py",
    "tests/library/contributions/test_rollup.py",
    "tests/library/contributions/test_trees.py",
    "tests/library/duplicates/test_append_only.py",
    "tests/library/duplicates/test_deciding.py",
    "tests/library/duplicates/test_rulings.py",
    "tests/library/duplicates/test_suspicions.py",
    "tests/library/invitations/test_accepting.py",
    "tests/library/invitations/test_acts.py",
    "tests/library/invitations/test_inviting.py",
    "tests/library/invitations/test_rows.py",
    "tests/library/management/commands/test_recount.py",
    "tests/library/reorganising/test_applying.py",
    "tests/library/reorganising/test_rows.py",
    "tests/library/review/test_chain.py",
    "tests/library/review/test_claims.py",
    "tests/library/review/test_inbox.py",
    "tests/library/review/test_settling.py",
    "tests/library/review/test_steps.py",
    "tests/library/sought/test_counting.py",
    "tests/library/sought/test_settling.py",
    "tests/library/test_admin_search.py",
    "tests/library/units/test_members.py",
    "tests/library/units/test_models.py",
    "tests/library/units/test_permissions.py",
    "tests/media_pipeline/jobs/",
    "tests/search/embedded/test_migrations.py",
)


# Minutes of real work on what seldom breaks: with CI=true always, else when asked for
# (`make test THOROUGH=1`). Of each a quicker sister runs every time.
_COMMANDS = "tests/library/management/commands/test_"
_KILLED = "tests/journey/test_worker_killed.py::test_"
_OUTSIDERS = "tests/library/units/test_isolation.py::test_outsiders_see_and_change"
_DRAFTS = f"{_OUTSIDERS}_nothing_of_a_schools_drafts"
_PIPELINE = "tests/media_pipeline/test_"
_DIVISION = f"{_PIPELINE}division.py::test_"
_COMMAND = "tests/media_pipeline/management/commands/test_transcode.py::test_"
_REFUSED = f"{_PIPELINE}transcode.py::test_a_bad_file_is_refused"
_SUPERVISOR = "tests/library/test_supervisor.py::test_"
THOROUGH = (
    "tests/benchmarks/",
    "tests/journey/test_another_file.py",
    "tests/journey/test_at_once.py",
    "tests/journey/test_database_away.py",
    "tests/journey/test_frozen.py",
    "tests/journey/test_parts_killed.py",
    f"{_KILLED}everything_is_killed",
    f"{_KILLED}ffmpeg_is_killed",
    f"{_KILLED}the_percent",
    f"{_KILLED}the_transcoding_worker",
    "tests/library/demo/test_load.py::test_july_2025",
    "tests/library/demo/test_logins.py::test_each_named_login",
    f"{_COMMANDS}import_clips.py::test_a_second_run",
    f"{_COMMANDS}import_clips.py::test_without_publish",
    f"{_COMMANDS}load_demo.py::test_it_brings",
    "tests/library/reorganising/test_seed.py::test_the_years_before",
    "tests/library/reorganising/test_seed.py::test_undoing",
    "tests/library/reorganising/test_years.py",
    "tests/library/review/test_notes.py::test_no_address_tells_a_note",
    f"{_SUPERVISOR}each_child_that_is_killed",
    f"{_SUPERVISOR}what_does_not_heed",
    f"{_SUPERVISOR}what_keeps_dying",
    f"{_SUPERVISOR}when_up_is_killed",
    f"{_DRAFTS}[a contributor of A]",
    f"{_DRAFTS}[a curator of A]",
    f"{_DRAFTS}[an admin of A]",
    f"{_DRAFTS}[someone without a role]",
    "tests/library/uploads/test_survival.py",
    "tests/media_pipeline/jobs/test_janitor.py::test_a_killed_workers_job",
    "tests/media_pipeline/jobs/test_lease.py::test_a_frozen_worker",
    "tests/media_pipeline/likeness/test_prints.py::test_copies_are_found",
    f"{_COMMAND}a_killed_command",
    f"{_COMMAND}a_refused_file",
    f"{_COMMAND}without_json",
    f"{_PIPELINE}colours.py",
    f"{_PIPELINE}copying.py::test_a_copied_rung",
    f"{_PIPELINE}copying.py::test_an_operator_can_have_all_encoded",
    f"{_PIPELINE}copying.py::test_spoilt_pictures",
    f"{_PIPELINE}copying.py::test_what_does_not_fit",
    f"{_DIVISION}a_clip_that",
    f"{_DIVISION}a_damaged_source",
    f"{_DIVISION}a_part",
    f"{_DIVISION}a_plan_of_another_release",
    f"{_DIVISION}a_top_rung_that_fits",
    f"{_DIVISION}encoding_again",
    f"{_DIVISION}it_can_be_watched",
    f"{_DIVISION}joining_that_fails",
    f"{_DIVISION}progress_adds_up",
    f"{_DIVISION}the_lowest_rung_of_every_clip",
    f"{_PIPELINE}exactness.py",
    f"{_PIPELINE}full_disk.py",
    f"{_PIPELINE}fuzzing.py",
    f"{_PIPELINE}pieces.py",
    f"{_PIPELINE}probe.py::test_an_honest_clip_is_let_through[long slides]",
    f"{_PIPELINE}probe.py::test_an_honest_clip_is_let_through[open groups]",
    f"{_PIPELINE}probe.py::test_an_honest_clip_is_let_through[rare key frames]",
    f"{_PIPELINE}probe.py::test_an_honest_clip_is_let_through[slides 1080]",
    f"{_PIPELINE}reencoding.py",
    f"{_PIPELINE}steps.py::test_a_clip_of_an_older_release",
    f"{_PIPELINE}steps.py::test_the_lowest_rung_of_a_later",
    f"{_PIPELINE}steps.py::test_the_rest_is_the_same_jobs",
    f"{_REFUSED}_for_its_reason_and_leaves_nothing[dense]",
    f"{_REFUSED}_for_its_reason_and_leaves_nothing[spoilt tail]",
    f"{_PIPELINE}transcode.py::test_picture_and_sound_start_together",
    f"{_PIPELINE}withholding.py::test_a_late_job",
    f"{_PIPELINE}withholding.py::test_the_sweep",
)

# A browser is dear: the plainest stories of a viewer and of a newcomer are told each time.
_CATALOGUE = "tests/library/catalogue/test_"
QUICK_IN_A_BROWSER = (
    f"{_CATALOGUE}accessibility.py::test_no_page_is_wider_than_its_screen[360]",
    f"{_CATALOGUE}player.py::test_it_plays_by_hls",
    f"{_CATALOGUE}player.py::test_without_a_script",
    f"{_CATALOGUE}search_box.py::test_suggestions_come_while_typing",
    "tests/library/invitations/test_newcomer.py",
    "tests/library/uploads/test_clip_details.py::test_a_session_that_is_over",
)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    for item in items:
        in_a_browser = item.get_closest_marker("browser")
        is_long = in_a_browser and not item.nodeid.startswith(QUICK_IN_A_BROWSER)
        if is_long or item.nodeid.startswith(THOROUGH):
            item.add_marker(pytest.mark.thorough)
        # Processes have a SQLite file of their own, wherever the tests' database is.
        is_process = item.get_closest_marker("process")
        if item.nodeid.startswith(ON_POSTGRESQL_TOO) and not is_process:
            item.add_marker(pytest.mark.postgresql_too)
    yield
