"""Django's settings, from what `hedgerow.web.configuration` was told."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from hedgerow.web.configuration import configuration

SITE = configuration()
HERE = Path(__file__).parent

SECRET_KEY = SITE.secret
DEBUG = False
ALLOWED_HOSTS = list(SITE.hosts)
ROOT_URLCONF = "hedgerow.web.urls"
WSGI_APPLICATION = "hedgerow.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "hedgerow.web.accounts",
    "hedgerow.web.partnerships",
    "hedgerow.web.evidence",
    "hedgerow.web.places",
    "hedgerow.web.pictures",
    "hedgerow.web.jobs",
    "hedgerow.web.out",
]

MIDDLEWARE = [
    "hedgerow.web.guarding.GuardMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hedgerow.web.accounts.sessions.SessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hedgerow.web.access.middleware.AudienceMiddleware",
    "hedgerow.web.faults.FaultMiddleware",
]

CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "site",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "hedgerow.web.templating.environment",
            "context_processors": CONTEXT,
        },
    },
    # for what Django and allauth set themselves, such as the widgets of forms
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT},
    },
]

DATABASES = {"default": dj_database_url.parse(SITE.database_url, conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # readers go on while one writes, and writers wait for one another
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

CACHES = {
    # how often somebody tried, and codes that were used: the same for all processes of the site,
    # and still known after it was closed; its table comes with the migrations of accounts
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tries",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
        "TIMEOUT": 3600,
    },
    # parts of pages, which each process can work out again
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
        "TIMEOUT": 24 * 3600,
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SITE.uploads},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site's pages read ours

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "hedgerow.web.accounts.passwords.MaximumLengthValidator"},
    {"NAME": "hedgerow.web.accounts.passwords.GuessableValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
"""For how many seconds the link of a forgotten password holds."""
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {"login": "hedgerow.web.accounts.signing_in.SignInForm"}
ACCOUNT_ADAPTER = "hedgerow.web.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation went to the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Hedgerow: "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end, this one goes on
ALLAUTH_TRUSTED_PROXY_COUNT = SITE.proxies
MFA_ADAPTER = "hedgerow.web.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Hedgerow"

_MAIL = SITE.mail
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'filebased' if _MAIL.kind == 'file' else _MAIL.kind}.EmailBackend"
)
EMAIL_FILE_PATH = SITE.outbox
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.secret
EMAIL_USE_TLS = _MAIL.kind == "smtp" and EMAIL_PORT == 587
EMAIL_USE_SSL = _MAIL.kind == "smtp" and EMAIL_PORT == 465
EMAIL_TIMEOUT = 20
"""Seconds after which a mail server that says nothing is given up."""
DEFAULT_FROM_EMAIL = SITE.email_from

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
"""After how many seconds a session ends however much is done in it."""
IDLE_SECONDS = 30 * 60
"""After how many seconds without a request it ends."""
PROVED_SECONDS = 30 * 60
"""For how long a password holds for what only they do who just showed that it is them."""
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hedgerow.web.faults.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SITE.is_public
if SITE.is_public:
    # of this host alone, whole, and through HTTPS: no neighbour under the same domain sets them
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SITE.is_public else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE.is_public
# a list in browsers that only the owner of a whole domain can decide to be on
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SITE.is_public else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],  # the fonts of the reports stand in their style sheet
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
    }
}

MOST_UPLOADED = 20 * 1024 * 1024
"""Largest file that is taken, in bytes."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 4
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_addresses": {"()": "hedgerow.web.security_log.WithoutAddresses"}},
    "formatters": {
        "plain": {
            "()": "hedgerow.web.security_log.InUniversalTime",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_addresses"],
            "formatter": "plain",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # on a machine of one's own nobody watches it, and the command's own words are in the way
    "loggers": {"hedgerow.security": {"level": "INFO" if SITE.is_public else "WARNING"}},
}
