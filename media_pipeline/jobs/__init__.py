"""Work as rows with leases: ask for a piece of work, say who does which kind."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["cancel", "register", "request"]

if TYPE_CHECKING:
    from media_pipeline.jobs.asking import cancel, request
    from media_pipeline.jobs.registry import register
else:
    _HOMES = {"cancel": "asking", "request": "asking", "register": "registry"}

    def __getattr__(name: str) -> object:
        """Found at first use: an app's package is imported before its models may be."""
        if name not in _HOMES:
            raise AttributeError(name)
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
