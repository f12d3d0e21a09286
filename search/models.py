"""Where Django looks for the tables of this app: the engines', and the synonyms."""

from __future__ import annotations

from search.elasticsearch.models import Withheld
from search.embedded.models import (
    Block,
    Cue,
    Document,
    Filing,
    Generation,
    Index,
    Label,
    Word,
)
from search.vocabulary.models import Synonym

__all__ = ["Block", "Cue", "Document", "Filing", "Generation", "Index", "Label"]
__all__ += ["Synonym", "Withheld", "Word"]
