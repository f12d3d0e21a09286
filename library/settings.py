"""The one settings module: defaults run the whole library on one machine.

Production differs by environment variables alone; docs/operations.md lists them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from library.environment import (
    database,
    env_bool,
    env_choice,
    env_choices,
    env_int,
    env_secret,
    env_str,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_str("DATA_DIR", str(BASE_DIR / "var")))

# --- the site -----------------------------------------------------------------

DEBUG = env_bool("DEBUG", default=False)
ALLOWED_HOSTS = env_str("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PUBLIC_URL = env_str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []


def _secret_key() -> str:
    """The configured key, or one made at the first start and kept beside the data."""
    if key := env_secret("SECRET_KEY"):
        return key
    if HTTPS:
        raise ImproperlyConfigured("SECRET_KEY (or SECRET_KEY_FILE) must be set")
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key() + get_random_secret_key())
    return path.read_text().strip()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "library",
    "library.units",
    "library.clips",
    "library.uploads",
    "library.review",
    "library.contributions",
    "library.reorganising",
    "library.encoding",
    "library.invitations",
    "library.consent",
    "library.sought",
    "library.duplicates",
    "library.audit",
    "library.viewing",
    "library.catalogue",
    "media_pipeline",
    "media_pipeline.jobs",
    "media_pipeline.likeness",
    "search",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "library.units.apps.AccountsConfig",  # wagtail.users, with a list of ours
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "storages",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "library.catalogue.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "library.big_numbers.NoSuchNumber",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "library.urls"
WSGI_APPLICATION = "library.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "library.catalogue.context_processors.site",
            ],
        },
    }
]

# --- database -----------------------------------------------------------------

DATABASES = {
    "default": database(
        env_secret("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'library.sqlite3'}"
    )
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "library",
    }
}

# --- people -------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "uploads:my_clips"
LOGOUT_REDIRECT_URL = "catalogue:home"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ENABLE_ADMIN = False  # there is no Django admin
AXES_CLIENT_IP_CALLABLE = "library.visitors.address"
PROXY_COUNT = env_int("PROXY_COUNT", 0)

# --- language -----------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- files --------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
_FRONT_END = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "library" / "static",
    ("vendor/hls", _FRONT_END / "hls.js" / "dist"),
    ("vendor/tus", _FRONT_END / "tus-js-client" / "dist"),
    ("vendor/font", _FRONT_END / "@fontsource" / "be-vietnam-pro" / "files"),
]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"

# Originals are private, packages are what the public plays: two aliases from the
# first day, so that no caller can take a path where there may be none.
S3_ENDPOINT = env_str("S3_ENDPOINT")
S3_BUCKET = env_str("S3_BUCKET")


def _s3(prefix: str, **more: object) -> dict[str, Any]:
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT or None,
            "region_name": env_str("S3_REGION", "us-east-1"),
            "access_key": env_secret("S3_ACCESS_KEY"),
            "secret_key": env_secret("S3_SECRET_KEY"),
            "signature_version": "s3v4",
            "addressing_style": env_str("S3_ADDRESSING", "path"),
            "file_overwrite": False,
            "default_acl": None,
            "location": prefix,
            **more,
        },
    }


def _local(folder: str, **more: object) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / folder), **more},
    }


if S3_BUCKET:
    _ORIGINALS = _s3("originals", querystring_expire=300)
    _PACKAGES = _s3(
        "packages",
        querystring_auth=False,
        custom_domain=env_str("S3_PUBLIC_DOMAIN") or None,
        url_protocol=env_str("S3_PUBLIC_PROTOCOL", "https:"),
    )
else:
    _ORIGINALS = _local("originals", base_url=None)
    _PACKAGES = _local("packages", base_url="/packages/")

STORAGES = {
    "default": _local("media", base_url=MEDIA_URL),
    "staticfiles": {"BACKEND": "library.catalogue.static_files.HashedStaticFiles"},
    "originals": _ORIGINALS,
    "packages": _PACKAGES,
}
STAGING_DIR = DATA_DIR / "staging"  # unfinished uploads; an upload's offset is its size
SCRATCH_DIR = DATA_DIR / "scratch"  # one folder for each running job

# --- the pipeline ---------------------------------------------------------------

FFMPEG_BINARY = env_str("FFMPEG_BINARY")
FFPROBE_BINARY = env_str("FFPROBE_BINARY")
SANDBOX = env_choice("SANDBOX", "auto", {"auto", "on", "off"})
SANDBOX_READS = env_str("SANDBOX_READS")
MAX_UPLOAD_BYTES = env_int("MAX_UPLOAD_BYTES", 4 * 1024**3)
MAX_CLIP_SECONDS = env_int("MAX_CLIP_SECONDS", 4 * 3600)
MIN_CLIP_SECONDS = env_int("MIN_CLIP_SECONDS", 1)
LONG_CLIP_SECONDS = env_int("LONG_CLIP_SECONDS", 600)  # longer: by several workers,
PIECE_SECONDS = env_int("PIECE_SECONDS", 60)  # in pieces of so much or more
TRANSCODE_THREADS = env_int("TRANSCODE_THREADS", 0)  # 0: ffmpeg decides
FIRST_RUNG_SECONDS = env_int("FIRST_RUNG_SECONDS", 60)
TRANSCODE_COPY = env_bool("TRANSCODE_COPY", default=True)
TRANSCODE_240P = env_bool("TRANSCODE_240P", default=True)
TRANSCODE_AV1 = env_bool("TRANSCODE_AV1", default=False)
TRANSCODE_OPUS = env_bool("TRANSCODE_OPUS", default=False)
JOB_LEASE_SECONDS = env_int("JOB_LEASE_SECONDS", 60)
JANITOR_SECONDS = env_int("JANITOR_SECONDS", 2)
UPLOAD_EXPIRES_DAYS = env_int("UPLOAD_EXPIRES_DAYS", 7)
UPLOADS_OPEN_PER_PERSON = env_int("UPLOADS_OPEN_PER_PERSON", 5)

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "transcode"],
    }
}

# --- the review -----------------------------------------------------------------

REVIEW_CLAIM_HOURS = env_int("REVIEW_CLAIM_HOURS", 24)
REVIEW_DEADLINE_DAYS = env_int("REVIEW_DEADLINE_DAYS", 7)  # 0: none
_SMALL = "title,description,captions,speakers,makers"  # never rights or the video
REVIEW_SMALL_CHANGES = env_choices("REVIEW_SMALL_CHANGES", _SMALL, "series,poster")
PROBLEMS_PER_HOUR = env_int("PROBLEMS_PER_HOUR", 5)  # reported by one visitor
PROBLEM_PERSONAL_DAYS = env_int("PROBLEM_PERSONAL_DAYS", 90)

# --- search -------------------------------------------------------------------

# With a server, the embedded index is kept too: it answers when the server does not.
ELASTICSEARCH_URL = env_secret("ELASTICSEARCH_URL")
ELASTICSEARCH_INDEX = env_str("ELASTICSEARCH_INDEX", "thu-vien-mo")
ELASTICSEARCH_TIMEOUT_MS = env_int("ELASTICSEARCH_TIMEOUT_MS", 500)
_EMBEDDED = "search.embedded.engine.EmbeddedEngine"
_ELASTICSEARCH = "search.elasticsearch.engine.ElasticsearchEngine"
SEARCH_ENGINE = _ELASTICSEARCH if ELASTICSEARCH_URL else _EMBEDDED
SEARCH_FALLBACK = _EMBEDDED if ELASTICSEARCH_URL else ""
WAGTAILSEARCH_BACKENDS = {
    # The admin's; no stemming and no stop words, which PostgreSQL has for English alone.
    "default": {"BACKEND": "library.admin_search", "SEARCH_CONFIG": "simple"},
}

# --- Wagtail --------------------------------------------------------------------

WAGTAIL_SITE_NAME = env_str("SITE_NAME", "Thư viện mở")
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_LOGIN_URL = "login"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "library.review.finish.publish_reviewed_clip"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
TAGGIT_CASE_INSENSITIVE = True

# --- mail -----------------------------------------------------------------------

EMAIL_HOST = env_str("EMAIL_HOST")
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env_str("EMAIL_USER")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env_str("EMAIL_FROM", "thu-vien-mo@localhost")
# Without a mail server each mail becomes a file that an operator can read.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"

# --- security -------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "library.catalogue.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel frames the site itself,
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which is what this check would forbid
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2


def _media_hosts() -> list[str]:
    """Where packages are read from, when that is not this site."""
    if not S3_BUCKET:
        return []
    if domain := env_str("S3_PUBLIC_DOMAIN"):
        protocol = env_str("S3_PUBLIC_PROTOCOL", "https:")
        return [f"{protocol}//{domain.partition('/')[0]}"]
    return [S3_ENDPOINT or "https://*.amazonaws.com"]


_MEDIA_HOSTS = _media_hosts()
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *_MEDIA_HOSTS],
        "media-src": [SELF, "blob:", *_MEDIA_HOSTS],
        "connect-src": [SELF, *_MEDIA_HOSTS],
        "worker-src": [SELF, "blob:"],
        "script-src": [SELF],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# --- logging --------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env_str("LOG_LEVEL", "WARNING")},
    "loggers": {
        name: {"level": "WARNING"} for name in ("django.server", "axes", "botocore")
    },
}

DEMO = env_bool("DEMO", default=False)  # the sign-in page then names the demo people
# The head and the signature of letters (library/contributions/letters.py): "|" ends a line.
LETTER_HEAD = env_str("LETTER_HEAD", "ĐOÀN TNCS HỒ CHÍ MINH")
LETTER_PLACE = env_str("LETTER_PLACE")
LETTER_SIGNED = env_str("LETTER_SIGNED", "TM. BAN THƯỜNG VỤ|BÍ THƯ")
SITE_TAGLINE = _("Lectures and skills clips by school branches of the Youth Union")
