"""Static files with hashed names, also inside the imports of our own script modules."""

from __future__ import annotations

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """A module's `import "./part.js"` is rewritten, so that no cache mixes versions."""

    support_js_module_import_aggregation = True
