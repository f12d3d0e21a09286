"""The library's settings with what tests need: a scratch folder, fast passwords."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:  # the first process; those it starts share the folder
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="thu-vien-mo-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
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
