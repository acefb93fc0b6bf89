"""Django's settings. Everything an installation may differ in comes from the environment (docs/operation)."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from wegweiser.config.environment import Environment, database

PACKAGE = Path(__file__).resolve().parent.parent
environment = Environment.current()

HOME = environment.home
SECRET_KEY = environment.secret()
DEBUG = False
DEMO = environment.flag("WEGWEISER_DEMO")
BASE_URL = environment.text("BASE_URL", f"http://localhost:{environment.text('PORT', '8000')}")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
SECURE = BASE_URL.startswith("https://")
# Whose word counts on where a request came from and whether it was encrypted (config/wsgi.py); nobody's by default.
TRUSTED_PROXIES = environment.words("TRUSTED_PROXIES", "")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Every app is a room of the house; what is not installed yet has no room here.
ROOMS = [
    *("kernel", "accounts", "outbox", "files", "consortium", "companies", "catalogue", "journey", "enquiries"),
    *("events", "funding"),
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "wegweiser.web.desk",  # before allauth: its login pages are replaced by ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *[f"wegweiser.{room}" for room in ROOMS],
    "wegweiser.web.public",
    "wegweiser.web.company",
    "wegweiser.web.ui",
]

MIDDLEWARE = [
    "wegweiser.web.going_back.GoingBackMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wegweiser.web.errors.ErrorPagesMiddleware",
    "wegweiser.web.bodies.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # nothing is open unless marked public
    "allauth.account.middleware.AccountMiddleware",
    "wegweiser.web.desk.login.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "wegweiser.config.urls"
WSGI_APPLICATION = "wegweiser.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "wegweiser.web.ui.templatetags.dates",
                "wegweiser.web.ui.templatetags.mail_addresses",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wegweiser.web.context.centre",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "wegweiser.web.desk.login.ClosedAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Wegweiser"

FORM_RENDERER = "wegweiser.web.ui.forms.Renderer"

DATABASES = {"default": database(environment.text("DATABASE_URL"), HOME)}
# Shared by the processes of this machine, so that a limit holds for all of them together.
CACHES = {
    "default": {
        "BACKEND": "wegweiser.kernel.shared_cache.SharedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# German is the language texts are written in; English is complete (a test compares).
LANGUAGE_CODE = "de"
FORMAT_MODULE_PATH = ["wegweiser.config.formats"]
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = environment.text("TIME_ZONE", "Europe/Berlin")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# `serve` and `demo` collect the files under names with their hash, so browsers may keep them for a year. Everything
# else works with the plain names and needs nothing collected.
HASHED_STATIC = environment.flag("WEGWEISER_HASHED_STATIC")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "wegweiser.web.hashed_files.HashedFiles"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Without a mail server the outbox keeps its mails, visibly.
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = int(environment.text("EMAIL_PORT", "587"))
EMAIL_HOST_USER = environment.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_PASSWORD")
EMAIL_TOKEN = environment.flag("EMAIL_TOKEN")  # XOAUTH2 with the token of the mailbox in place of a password
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and environment.text(
    "EMAIL_TLS", "0" if EMAIL_HOST in {"", "localhost", "127.0.0.1", "::1"} else "1"
) in {"1", "true", "yes"}
EMAIL_TIMEOUT = 30
NOBODYS_ADDRESS = "wegweiser@localhost"
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", NOBODYS_ADDRESS)

# The mailbox that answers come to, and the address in it that letters name for answers (docs/operation).
MAIL_REPLY = environment.text("MAIL_REPLY")
MAIL_FORMS = environment.words("MAIL_FORMS")  # addresses from which forms of the centre on other websites send
IMAP: dict[str, Any] = {
    "host": environment.text("IMAP_HOST"),
    "port": environment.text("IMAP_PORT"),
    "tls": environment.text("IMAP_TLS", "1").lower() in {"1", "true", "yes"},
    "user": environment.text("IMAP_USER"),
    "password": environment.text("IMAP_PASSWORD"),
    "folder": environment.text("IMAP_FOLDER", "INBOX"),
    "archive": environment.text("IMAP_ARCHIVE"),
    "token_file": environment.text("IMAP_TOKEN_FILE"),
    "token_url": environment.text("IMAP_TOKEN_URL"),
    "client_id": environment.text("IMAP_CLIENT_ID"),
    "client_secret": environment.text("IMAP_CLIENT_SECRET"),
    "scope": environment.text("IMAP_SCOPE"),
}
# What is sent with a mail or an answer. Without a scanner nothing is checked, and every file says so.
CLAMD = environment.text("CLAMD")
UPLOAD_MOST_BYTES = int(environment.text("UPLOAD_MOST_MB", "15")) * 1024 * 1024
MAIL_MOST_BYTES = int(environment.text("MAIL_MOST_MB", "40")) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "wegweiser.web.bodies.Counted",  # before those that keep what comes
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
ATTACHMENT_READER = "wegweiser.files.storage.read"
SENDER_NAME = "wegweiser.consortium.queries.sender_name"  # where DEFAULT_FROM_EMAIL is an address alone
LETTER_REFUSAL = "wegweiser.crossings.channels.refusal"

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
CSRF_FAILURE_VIEW = "wegweiser.web.errors.forged"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
