"""The library's settings with what tests need: a scratch folder, fast passwords."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="thu-vien-mo-tests-"))
# So that clips of two phases can be short.
os.environ.setdefault("FIRST_RUNG_SECONDS", "20")

from library.settings import *  # noqa: F403
from library.settings import STATIC_ROOT, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns without it
