"""The readers of the environment fail loudly, with the variable's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.environment import (
    EnvironmentValueError,
    database,
    env_bool,
    env_choice,
    env_choices,
    env_int,
    env_secret,
    env_str,
)


def test_an_empty_environment_gives_the_defaults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NOWHERE", raising=False)
    assert env_str("NOWHERE", "x") == "x"
    assert env_int("NOWHERE", 3) == 3
    assert env_bool("NOWHERE", default=True) is True
    assert env_choice("NOWHERE", "a", {"a", "b"}) == "a"
    assert env_secret("NOWHERE") == ""


@pytest.mark.parametrize("value", ["yes", "1", "TRUE", "on"])
def test_many_ways_to_say_yes(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SWITCH", value)
    assert env_bool("SWITCH", default=False) is True


def test_nonsense_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", "perhaps")
    with pytest.raises(EnvironmentValueError, match="SWITCH"):
        env_bool("SWITCH", default=False)
    with pytest.raises(EnvironmentValueError, match="SWITCH"):
        env_int("SWITCH", 1)
    with pytest.raises(
        EnvironmentValueError, match="SWITCH='perhaps': say one of a, b"
    ):
        env_choice("SWITCH", "a", {"b", "a"})


def test_a_choice_may_be_written_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", " Off ")
    assert env_choice("SWITCH", "on", {"on", "off"}) == "off"


def test_a_secret_may_stand_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))
    assert env_secret("KEY") == "s3cret"


def test_a_database_is_named_by_its_address() -> None:
    assert database("sqlite:////srv/a%20b.sqlite3")["NAME"] == "/srv/a b.sqlite3"
    found = database("postgresql://lan:p%40ss@db:5433/library")
    assert (found["USER"], found["PASSWORD"], found["PORT"]) == ("lan", "p@ss", "5433")
    with pytest.raises(EnvironmentValueError, match="mysql"):
        database("mysql://localhost/library")


def test_several_choices_are_separated_by_commas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert env_choices("NOWHERE", "a,b", "c") == {"a", "b"}
    monkeypatch.setenv("LIST", " C, a ,")
    assert env_choices("LIST", "a,b", "c") == {"a", "c"}
    monkeypatch.setenv("LIST", "none")
    assert env_choices("LIST", "a,b", "c") == frozenset()
    monkeypatch.setenv("LIST", "a,licence")
    with pytest.raises(EnvironmentValueError, match="licence"):
        env_choices("LIST", "a,b", "c")
