"""The engine by itself, for tests that start real processes: no Wagtail, quick to begin."""

from __future__ import annotations

from library.settings import *  # noqa: F403

INSTALLED_APPS = [
    "media_pipeline",
    "media_pipeline.jobs",
    "tests.naps.apps.NapsConfig",
    "tests.naps.apps.LibraryCommandsConfig",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
]
MIDDLEWARE = []
TEMPLATES = []
ROOT_URLCONF = "tests.naps.urls"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS = []
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
