"""Budgets of size: files, functions and templates stay small enough to hold in the head."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house import source

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "services"}


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        str(path): lines
        for path in source.all_files()
        if (lines := source.text(path).count("\n")) > 400
    }
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{path}:{node.name}": lines
        for path in source.modules()
        for node in source.functions(path)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > 40
    }
    assert long == {}


def test_nine_functions_in_ten_have_at_most_25_lines() -> None:
    sizes = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in source.modules()
        for node in source.functions(path)
    )
    assert sizes[int(len(sizes) * 0.9)] <= 25


def test_no_module_is_a_drawer() -> None:
    drawers = [
        path for path in source.all_files() if DRAWERS & {*path.parts[:-1], path.stem}
    ]
    assert drawers == []


def test_no_template_is_longer_than_90_lines_and_most_have_60() -> None:
    sizes = {
        str(path.relative_to(source.ROOT)): path.read_text("utf-8").count("\n")
        for path in (source.ROOT / "templates").rglob("*.html")
    }
    assert {name: size for name, size in sizes.items() if size > 90} == {}
    assert sorted(sizes.values())[int(len(sizes) * 0.9)] <= 60


@pytest.mark.parametrize("suffix", ["css", "js"])
def test_no_script_or_style_is_longer_than_its_budget(suffix: str) -> None:
    budget = {"css": 300, "js": 200}[suffix]
    long = {
        str(path.relative_to(source.ROOT)): size
        for path in (source.ROOT / "library" / "static").rglob(f"*.{suffix}")
        if (size := path.read_text("utf-8").count("\n")) > budget
    }
    assert long == {}


def test_each_module_says_what_it_owns() -> None:
    silent = [
        str(path)
        for path in source.modules()
        if source.text(path).strip() and not ast_docstring(path)
    ]
    assert silent == []


def ast_docstring(path: Path) -> str | None:
    return ast.get_docstring(source.tree(path))
