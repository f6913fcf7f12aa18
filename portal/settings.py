"""Settings of the portal: one file, read from the environment, safe by default.

With nothing set the portal runs in demo mode on SQLite and local files. Every value that a
province changes is an environment variable (see `.env.example`); everything else is code.
"""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

# Mode -------------------------------------------------------------------------------------
# demo: loopback only, own secret, invented people. dev: debug pages. production: refuses to
# start half configured.
PORTAL_MODE = env.str("PORTAL_MODE", "demo")
if PORTAL_MODE not in {"demo", "dev", "production"}:
    raise ImproperlyConfigured("PORTAL_MODE must be demo, dev or production.")
DEMO = PORTAL_MODE == "demo"
PRODUCTION = PORTAL_MODE == "production"
DEBUG = PORTAL_MODE == "dev"

# Everything the running portal writes stands in one folder that git ignores.
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _required(name: str) -> str:
    value = env.str(name, "")
    if PRODUCTION and not value:
        raise ImproperlyConfigured(f"{name} must be set in production mode.")
    return value


def _own_secret_key() -> str:
    """Make the demo's key once and keep it, readable by its owner only."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        # Written aside and linked into place: of two processes one wins and none reads half a key.
        aside = VAR_DIR / f"secret_key.{os.getpid()}"
        aside.touch(mode=0o600)
        aside.write_text(secrets.token_urlsafe(64), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
    return path.read_text(encoding="ascii")


SECRET_KEY = _required("SECRET_KEY") or _own_secret_key()
SITE_URL = (_required("SITE_URL") or "http://127.0.0.1:8000").rstrip("/")
_hosts = _required("ALLOWED_HOSTS")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",") if host.strip()] or [
    "127.0.0.1",
    "localhost",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

# Applications -----------------------------------------------------------------------------
# Ours first, so that their templates and translations win over the packages'.
INSTALLED_APPS = [
    "portal.core",
    "portal.accounts",
    "portal.questions",
    "portal.pages",
    "portal.news",
    "portal.regulations",
    "portal.search",
    "portal.enquiries",
    "portal.workspace",
    "portal.demo",
    "competitions.calls",
    "competitions.entries",
    "competitions.judging",
    "competitions.season",
    "startups.coworking",
    "events.programme",
    "startups.directory",
    "events.techmart",
    "wagtail_localize",
    "wagtail_localize.locales",  # replaces wagtail.locales
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.apps.StaffUsersConfig",  # wagtail.users with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "phonenumber_field",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.middleware.RefuseNulBytes",
    "portal.core.middleware.ContentSecurityPolicy",
    "portal.search.middleware.CountKeptSearches",
    "portal.core.page_cache.middleware.PageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.core.middleware.PathLocale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.core.middleware.PrivatePages",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.accounts.middleware.BackOfficeDoor",
    "portal.accounts.middleware.StaffSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
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
                "wagtail.contrib.settings.context_processors.settings",
                "portal.pages.context_processors.portal",
            ],
        },
    }
]
FORM_RENDERER = "portal.core.forms.PortalFormRenderer"

# Database ---------------------------------------------------------------------------------
# SQLite takes its write lock at BEGIN (IMMEDIATE): without it two writers that read first die
# with "database is locked". A system check refuses SQLite without it.
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}", conn_max_age=60)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Caches -----------------------------------------------------------------------------------
# "default" holds small things all processes share (rate limits, stamps). Whole pages are kept in
# each process's memory (portal/core/page_cache) and in "pages", which only Redis is quick enough
# for. Not the database cache: it takes SQLite's write lock.
CACHE_URL = env.str("CACHE_URL", "")
if CACHE_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CACHE_URL,
        },
        "pages": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CACHE_URL,
            "KEY_PREFIX": "pages",
        },
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        },
    }
# Off where templates are written: it knows what changes in the database, not in files.
PAGE_CACHE = env.bool("PAGE_CACHE", not DEBUG)
PAGE_CACHE_MEMORY_MB = env.int("PAGE_CACHE_MEMORY_MB", 32)  # of each web process
# Caches before the portal that answer without asking it; each is sent `BAN` when a page changes.
FRONT_CACHE_URLS = env.list("FRONT_CACHE_URLS", [])

# Search -----------------------------------------------------------------------------------
# The index stands in the database. An OpenSearch server named here keeps a copy and answers; when
# it cannot, the database does.
SEARCH_URL = env.str("SEARCH_URL", "")

# Technology market ------------------------------------------------------------------------
# How long an owner's confirmation of an offer or a demand counts; 30 days later it is hidden.
TECHMART_CONFIRMED_DAYS = env.int("TECHMART_CONFIRMED_DAYS", 180)
# So often an organisation may ask to be put in touch within a day.
TECHMART_REQUESTS_PER_DAY = env.int("TECHMART_REQUESTS_PER_DAY", 10)

# Background tasks -------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Files ------------------------------------------------------------------------------------
# Public media are served by our own view (no active content inline); private files only ever
# through a view that asks who may read them.
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", str(VAR_DIR / "private")))
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns about a folder that is not there
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
if env.str("S3_PRIVATE_BUCKET", ""):
    _s3 = {
        "endpoint_url": env.str("S3_ENDPOINT_URL", None),
        "access_key": env.str("S3_ACCESS_KEY", None),
        "secret_key": env.str("S3_SECRET_KEY", None),
    }
    STORAGES["private"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**_s3, "bucket_name": env.str("S3_PRIVATE_BUCKET"), "default_acl": "private"},
    }
    if env.str("S3_PUBLIC_BUCKET", ""):
        STORAGES["default"] = {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {**_s3, "bucket_name": env.str("S3_PUBLIC_BUCKET")},
        }
# Demo and dev serve static files from where they stand; no collecting step.
WHITENOISE_USE_FINDERS = not PRODUCTION

# What one upload may be. Text posts over the first limit get our own 413 page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# A page with tables in it sends a field for each cell; Wagtail asks for this much.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
PRIVATE_FILE_MAX_BYTES = env.int("PRIVATE_FILE_MAX_BYTES", 20 * 1024 * 1024)
PRIVATE_FILE_MAX_PAGES = 60
PRIVATE_IMAGE_MAX_PIXELS = 60_000_000

# Mail -------------------------------------------------------------------------------------
# Every mail passes through our backend, which logs what was sent; in demo mode the outbox page
# shows it and nothing leaves the machine.
EMAIL_BACKEND = "portal.core.mail.LoggedBackend"
_mail = env.dj_email_url("EMAIL_URL", "dummy://" if DEMO else "smtp://localhost:25")
MAIL_TRANSPORT = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Cổng Đổi mới sáng tạo <cong@demo.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Languages and time -----------------------------------------------------------------------
# Vietnamese without prefix, English under /en/. The vendor catalogue overrides messages of the
# packages; ours stands apart from it.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale", BASE_DIR / "portal" / "locale_vendor"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_I18N = True
# Numbers are grouped by our filters, where people read them: a key in a form must stay a key.
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Accounts ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:home"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "portal.accounts.forms.SignupForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
# One address for each account: a new one replaces the old as soon as it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# Added to allauth's own limits. An office behind one address asks the department no more than that.
ACCOUNT_RATE_LIMITS = {
    "enquiry": "5/h/ip,20/d/ip",
    "techmart_report": "5/h/ip,20/d/ip",
    "market_need": "5/h/ip,20/d/ip",
    # A class or an office registers from one address.
    "event_registration": "60/h/ip,10/h/key",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Cổng ĐMST"
# Officers and editors of a live province must use a second factor; the demo must not ask.
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", PRODUCTION)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS: dict = {}
if env.str("OIDC_SERVER_URL", ""):
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "national",
                "name": env.str("OIDC_NAME", "VNeID"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": env.str("OIDC_SERVER_URL")},
            }
        ],
    }

# Wagtail ----------------------------------------------------------------------------------
# A State site calls nobody: no update check, no banner, no avatar service.
WAGTAIL_SITE_NAME = "Cổng Đổi mới sáng tạo"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# Nothing goes live by being submitted for translation.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = True  # an address once told goes on leading to its page
WAGTAIL_AUTOSAVE_INTERVAL = env.int("WAGTAIL_AUTOSAVE_INTERVAL", 20_000)
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
# Half the bytes of WebP at 80 and no difference to be seen; made in the background on publishing.
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = PRIVATE_IMAGE_MAX_PIXELS
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "xlsx", "zip"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAILEMBEDS_RESPONSIVE_HTML = False
TAGGIT_CASE_INSENSITIVE = True

PHONENUMBER_DEFAULT_REGION = "VN"
PHONENUMBER_DB_FORMAT = "E164"
PHONENUMBER_DEFAULT_FORMAT = "NATIONAL"

# Open data --------------------------------------------------------------------------------
NINJA_PAGINATION_CLASS = "portal.core.api_paging.Paged"
NINJA_PAGINATION_PER_PAGE = 20
NINJA_PAGINATION_MAX_LIMIT = 100
NINJA_NUM_PROXIES = env.int("TRUSTED_PROXIES", 0)  # whose word counts for where a client stands
OPEN_DATA_RATE = env.str("OPEN_DATA_RATE", "120/min")  # requests of each client

# Security ---------------------------------------------------------------------------------
# One constant policy on public and work pages: no nonces, they cannot live with a page cache.
# The back office is Wagtail's and needs inline code; it has its own.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
CONTENT_SECURITY_POLICY_ADMIN = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview and page images are framed by our own pages
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which asks for DENY: see the line above
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.core.views.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if env.int("TRUSTED_PROXIES", 0):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logging ----------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "warnings": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.security.DisallowedHost": {"level": "ERROR"},
        # One line for each page saved or task run would bury what matters. The worker sets the
        # level of its loggers anew when it starts, so theirs is the handler's.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"handlers": ["warnings"], "propagate": False},
        "django_tasks_db": {"handlers": ["warnings"], "propagate": False},
    },
}
