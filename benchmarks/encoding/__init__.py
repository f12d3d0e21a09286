"""How the engine does beside its peers: see `__main__.py`."""

from __future__ import annotations
