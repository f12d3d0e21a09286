"""Rules that hold by there being one place: where a word may be written at all."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house import source

# Modules without logic of their own: Django reads them, other tests run them.
WITHOUT_TWIN = {
    "apps.py",
    "models.py",
    "wsgi.py",
    "asgi.py",
    "settings.py",
    "handlers.py",
    "__init__.py",
    "wagtail_hooks.py",
    "signals.py",
}

# The journey is told as a story of its own.
ELSEWHERE = {Path("library/journey.py"): "tests/journey/test_upload_to_counted.py"}


def _calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(source.tree(path)) if isinstance(node, ast.Call)]


def test_an_asset_changes_state_in_states_alone() -> None:
    pattern = re.compile(r"\bstate\s*=\s*(states\.)?State\.")
    writers = [
        str(path)
        for path in source.modules()
        if path.parts[0] == "media_pipeline"
        and path.name not in {"states.py", "models.py"}
        and pattern.search(source.text(path))
    ]
    assert writers == []


def test_no_queryset_update_makes_a_page_live() -> None:
    guilty = [
        f"{path}:{call.lineno}"
        for path in source.modules()
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"update", "bulk_update", "bulk_create"}
        and any(keyword.arg == "live" for keyword in call.keywords)
    ]
    assert guilty == []


def test_nothing_sleeps_or_threads_in_a_request() -> None:
    guilty = [
        str(path)
        for path in source.modules()
        if path.name in {"views.py", "tus.py"}
        and re.search(r"\btime\.sleep|\bThread\(", source.text(path))
    ]
    assert guilty == []


def test_storage_paths_are_taken_nowhere_but_in_the_storage_module() -> None:
    guilty = [
        f"{path}:{call.lineno}"
        for path in source.modules()
        if path != Path("media_pipeline/storage.py")
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "path"
        and "storage" in ast.unparse(call.func.value).lower()
    ]
    assert guilty == []


def test_every_module_has_a_test_that_mirrors_it() -> None:
    missing = []
    for path in source.modules():
        if path.name in WITHOUT_TWIN or path.stem.endswith("urls"):
            continue
        if path in ELSEWHERE or not source.text(path).strip():
            continue
        folder = source.ROOT / "tests" / path.parent
        twins = (folder / f"test_{path.name}", folder / f"test_{path.stem}")
        if not any(twin.exists() for twin in twins):
            missing.append(str(path))
    assert missing == []


def test_what_is_tested_elsewhere_really_is() -> None:
    assert all((source.ROOT / twin).exists() for twin in ELSEWHERE.values())
