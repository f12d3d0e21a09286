"""Where Django looks for the tables of this app: they are the embedded engine's."""

from __future__ import annotations

from search.embedded.models import (
    Cue,
    Document,
    DocumentLabel,
    Generation,
    Index,
    Label,
)

__all__ = ["Cue", "Document", "DocumentLabel", "Generation", "Index", "Label"]
