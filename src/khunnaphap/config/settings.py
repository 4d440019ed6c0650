"""Django's settings: everything that differs between machines comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from .home import database, home, secret_key
from .https import secure, site_host
from .logs import LOGGING as LOGGING
from .mailing import mail
from .signing_in import *  # noqa: F403

HOME = home()
SECRET_KEY = secret_key(HOME)
DEBUG = False
SITE_URL = os.environ.get("KHUNNAPHAP_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("KHUNNAPHAP_HOSTS", f"{site_host(SITE_URL)},localhost,127.0.0.1").split(",")

INSTALLED_APPS = [
    "khunnaphap.web",  # before allauth: its templates and sentences come first
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "khunnaphap.audit",
    "khunnaphap.organisations",
    "khunnaphap.accounts",
    "khunnaphap.evidence",
    "khunnaphap.frameworks",
    "khunnaphap.assessments",
    "khunnaphap.programme",
    "khunnaphap.reporting",
    "khunnaphap.exchange",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "khunnaphap.web.middleware.PackedPages",
    "khunnaphap.web.middleware.SecurityHeaders",
    "khunnaphap.web.guard.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "khunnaphap.web.middleware.LanguageBySwitch",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "khunnaphap.web.reads.ReadsNoted",
    "khunnaphap.web.middleware.BackToThePage",
    "khunnaphap.web.middleware.RefusalsInWords",
]
ROOT_URLCONF = "khunnaphap.config.urls"
WSGI_APPLICATION = "khunnaphap.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "khunnaphap.web.context.site",
            ]
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'record.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; PRAGMA secure_delete=ON;",
    }

AUTH_USER_MODEL = "accounts.User"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = "localhost" in ALLOWED_HOSTS  # browsers allow passkeys on http://localhost only
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
ASSETS = HOME / "assets"
"""What is made when assets are collected (the fonts); STATIC_ROOT then holds all static files, hashed and packed."""
STATICFILES_DIRS = [ASSETS]
for _folder in (STATIC_ROOT, ASSETS):
    _folder.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "khunnaphap.web.assets.Hashed"},
    "evidence": {"BACKEND": "khunnaphap.evidence.storing.WholeFiles"},
}
READS = HOME / "reads"
"""Who opened which page: a file a month, which ``khunnaphap tidy`` ends."""
OUT_DIR = Path(os.environ.get("KHUNNAPHAP_OUT", HOME / "out"))

CACHES = {
    "default": {  # shared by all workers: allauth counts sign-ins here
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond that Django throws counts away
    }
}

LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "khunnaphap.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

DEMO = os.environ.get("KHUNNAPHAP_DEMO") == "1"
"""True only while ``serve --demo`` serves the demo's record: the sign-in page offers the demo's people."""
CONTACT = os.environ.get("KHUNNAPHAP_CONTACT", "")
"""Whom the privacy notice names: a line of text (office, telephone, e-mail address)."""
DEFAULT_FROM_EMAIL = os.environ.get("KHUNNAPHAP_MAIL_FROM", "khunnaphap@localhost")
MESSAGE_TAGS = {10: "info", 20: "info", 25: "good", 30: "warn", 40: "bad"}
globals().update(mail(os.environ.get("KHUNNAPHAP_MAIL", ""), HOME / "mail"))
globals().update(secure(SITE_URL))
