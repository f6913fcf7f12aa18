"""Settings of the test suite: the portal's own, quicker where nothing is proved by slowness."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from portal.settings import *  # noqa: F403
from portal.settings import CACHE_URL, CACHES, DATABASES, STORAGES

_scratch = Path(tempfile.mkdtemp(prefix="portal-tests-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
MEDIA_ROOT = _scratch / "media"
PRIVATE_ROOT = _scratch / "private"
STATIC_ROOT = _scratch / "static"
STATIC_ROOT.mkdir()
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT

# Tasks run at once in tests only; a worker always runs in the served portal.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Mail goes through our logging backend into Django's outbox.
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
# Each test process has caches of its own: with Redis a database each, since clearing takes all.
if CACHE_URL:
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for _cache in CACHES.values():
        _cache["LOCATION"] = f"{CACHE_URL.rsplit('/', 1)[0]}/{_worker + 2}"
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
# Tests of the search name a server themselves; TEST_SEARCH_URL is one that they may fill.
SEARCH_URL = ""
ACCOUNT_RATE_LIMITS = False
# Off, because most tests never commit, and a page is forgotten when what it shows is committed.
# `pytest -p tests.with_page_cache` runs any of them with it.
PAGE_CACHE = False
# Each test client makes its own middleware; static files are looked for when they are asked for,
# not listed anew by every client.
WHITENOISE_AUTOREFRESH = True
WAGTAIL_AUTOSAVE_INTERVAL = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, so that concurrency tests have real connections.
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
LOGGING_CONFIG = None
