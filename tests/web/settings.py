"""Settings for the tests: those of the site, with passwords that cost nothing to check."""

from __future__ import annotations

from hedgerow.web.settings import *  # noqa: F403  # the site's own, to the last
from hedgerow.web.settings import DATABASES, SITE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # a file, not memory: the server under a browser reads it from threads of its own
    DATABASES["default"]["TEST"] = {"NAME": SITE.home / "test.db"}
