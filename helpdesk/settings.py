"""Everything that can be configured, with defaults that suit a laptop; see docs/operations.md."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from helpdesk import logs, schema_names
from helpdesk.env import env, env_bool, env_choice, env_int, env_list, env_secret
from helpdesk.plugs import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = env_choice("ENVIRONMENT", "development", "test", "production")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = False
BUILD = env("BUILD", "dev")
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / ".data")))

# --- Secrets: lists, newest first, so that each can be rotated ---
_DEVELOPMENT = "development-only-secret-that-production-refuses"
_DEVELOPMENT_KEY = (
    "EM8EhvKUXV8zDCYmyTOaipKBqM3ooW6MY35u6c9D3Z4="  # its SHA-256: hashlib would be in every process
)
SECRET_KEY, *SECRET_KEY_FALLBACKS = env_secret("SECRET_KEY", development=_DEVELOPMENT, production=PRODUCTION)
JWT_KEYS = env_secret("JWT_KEYS", development=_DEVELOPMENT, production=PRODUCTION)
FIELD_KEYS = env_secret("FIELD_KEYS", development=_DEVELOPMENT_KEY, production=PRODUCTION)

# --- Where we are reached ---
PUBLIC_URL = env("PUBLIC_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
WEBHOOK_ROOT = env("WEBHOOK_ROOT", PUBLIC_URL).rstrip("/")  # where providers reach us, when not there
CORS_ORIGINS = env_list("CORS_ORIGINS")
SOCKETS_PORT = env_int("SOCKETS_PORT", 0)  # 0: the proxy serves /ws/ on the console's own origin
SOCKETS_WAITING = env_int("SOCKETS_WAITING", 2_000)  # sockets that have not said who they are, per process
SOCKETS_WAITING_ADDRESS = env_int(
    "SOCKETS_WAITING_ADDRESS", 200
)  # … and from one address: an office restarts
BEHIND_PROXY = env_bool("BEHIND_PROXY", PRODUCTION)
SECURE = PUBLIC_URL.startswith("https://")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE

# --- Django ---
INSTALLED_APPS = [
    "helpdesk",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",  # operator classes in index expressions
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "tenants",
    "tickets",
    "whatsapp",
    "integrations",
]
MIDDLEWARE = [
    "helpdesk.logs.RequestMiddleware",
    "helpdesk.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "helpdesk.assets.Assets",
    "helpdesk.cors.CorsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "helpdesk.urls"
WSGI_APPLICATION = "helpdesk.wsgi.application"
ASGI_APPLICATION = "helpdesk.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {},
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tenants.User"
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True  # what a form refuses is told in the language that the console asks for
LANGUAGES = [("en", "English"), ("pt-br", "Português"), ("es", "Español")]
APPEND_SLASH = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
PASSWORD_HASHERS = ["tenants.hashers.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# --- Stores ---
DATABASE_URL = env("DATABASE_URL", f"postgres://helpdesk_app@/helpdesk?host={DATA_DIR / 'postgres'}")
DATABASE_OWNER_URL = env("DATABASE_OWNER_URL")
REDIS_URL = env("REDIS_URL", "redis://127.0.0.1:6379/0")


def _database(url: str) -> dict[str, object]:
    """postgres://user:password@host:port/name?host=/socket/folder in Django's words."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "helpdesk.postgres",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", parts.hostname or "")),
        "PORT": query.pop("port", parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            "application_name": "helpdesk",
            # Statements that repeat are parsed once per connection. A pooler between that hands each
            # transaction to another connection (PgBouncer before 1.21) needs PREPARE_STATEMENTS=0.
            "server_side_binding": True,
            "prepare_threshold": 3 if env_bool("PREPARE_STATEMENTS", True) else None,
            **query,
        },
    }


DATABASES = {"default": _database(DATABASE_URL)}
if DATABASE_OWNER_URL:
    DATABASES["owner"] = _database(DATABASE_OWNER_URL)  # used by `migrate` alone
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CHANNEL_PREFIX = env("CHANNEL_PREFIX", "helpdesk")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": CHANNEL_PREFIX},
    }
}
MEDIA_ROOT = Path(env("MEDIA_ROOT", str(DATA_DIR / "media")))
UPLOAD_MAX_BYTES = env_int("UPLOAD_MAX_BYTES", 100 * 1024 * 1024)
RECORDING_MAX_BYTES = env_int("RECORDING_MAX_BYTES", 500 * 1024 * 1024)
STATIC_URL = "/static/"
CONSOLE_DIR = BASE_DIR / "console" / "dist"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"  # their names carry a hash of their content

# --- API ---
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tenants.authentication.Bearer",
        "tenants.authentication.ApiKeyHeader",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["tenants.permissions.Requires"],
    "DEFAULT_RENDERER_CLASSES": ["helpdesk.api.Renderer"],
    "DEFAULT_PARSER_CLASSES": ["helpdesk.api.Parser"],
    "DEFAULT_PAGINATION_CLASS": "helpdesk.api.Cursor",
    "DEFAULT_SCHEMA_CLASS": "helpdesk.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["tenants.throttles.PerUser"],
    "DEFAULT_THROTTLE_RATES": {
        "user": env("RATE_USER", "1200/min"),
        "copilot": env("RATE_COPILOT", "30/min"),
        "assistant": env("RATE_ASSISTANT", "60/min"),
        "address": env("RATE_ADDRESS", "300/min"),
        "login": env("RATE_LOGIN", "30/min"),
        "sign_up": env("RATE_SIGN_UP", "10/hour"),
        "password": env("RATE_PASSWORD", "10/hour"),
    },
    "EXCEPTION_HANDLER": "helpdesk.errors.answer",
    "PAGE_SIZE": 40,
    "UNAUTHENTICATED_USER": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "DATETIME_FORMAT": "iso-8601",
    "NUM_PROXIES": env_int("NUM_PROXIES", 1 if BEHIND_PROXY else 0),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Helpdesk API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/",
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["tenants.permissions.Anyone"],
    "SERVE_AUTHENTICATION": [],
    "ENUM_NAME_OVERRIDES": schema_names.NAMES,
}
SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "SIGNING_KEY": JWT_KEYS[0],
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=env_int("ACCESS_MINUTES", 15)),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=env_int("REFRESH_DAYS", 7)),
    "USER_ID_CLAIM": "sub",
}
SIGN_UP_OPEN = env_bool("SIGN_UP_OPEN", True)

# --- Background work ---
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_SERIALIZER = "json"
CELERY_ENABLE_UTC = True

# --- WhatsApp ---
WHATSAPP_API_ROOT = env("WHATSAPP_API_ROOT", "https://graph.facebook.com")
WHATSAPP_GRAPH_VERSION = env("WHATSAPP_GRAPH_VERSION", "v25.0")
WHATSAPP_MEDIA_HOSTS = env_list("WHATSAPP_MEDIA_HOSTS", "lookaside.fbsbx.com,.fbcdn.net,.whatsapp.net")
WHATSAPP_PHONE_PAGE = env("WHATSAPP_PHONE_PAGE")  # the emulator's page, shown in the demo only
# The platform's own app, which offers embedded signup; blank turns it off
WHATSAPP_SIGNUP_APP_ID = env("WHATSAPP_SIGNUP_APP_ID")
WHATSAPP_SIGNUP_APP_SECRET = env("WHATSAPP_SIGNUP_APP_SECRET")
WHATSAPP_SIGNUP_CONFIG_ID = env("WHATSAPP_SIGNUP_CONFIG_ID")
WHATSAPP_SIGNUP_DIALOG = env("WHATSAPP_SIGNUP_DIALOG", "https://www.facebook.com").rstrip("/")
BOT_SECONDS = env_int("BOT_SECONDS", 10)  # how long a bot of others may think about an answer
GATEWAY_SECONDS = env_int("GATEWAY_SECONDS", 25)  # … and the gateway behind a talk
PRIVATE_HOSTS_ALLOWED = set(env_list("PRIVATE_HOSTS_ALLOWED"))
QR_DEVICES = env_bool("QR_DEVICES", False)  # whether companies may turn on linked devices: docs/devices.md
DEVICE_ENGINE = env(
    "DEVICE_ENGINE", "whatsapp.devices.neonize_engine.Neonize"
)  # who speaks WhatsApp's own protocol
DEVICE_LEASE_SECONDS = env_int("DEVICE_LEASE_SECONDS", 30)  # until another host takes over a dead one's
DEVICES_ROOT = Path(env("DEVICES_ROOT", str(DATA_DIR / "devices")))  # the keys of linked devices
# After so long a download counts as dead and begins again.
FETCH_SECONDS = env_int("FETCH_SECONDS", 600)
DOUBT_SECONDS = env_int("DOUBT_SECONDS", 45)  # how long a send may stay unclear before an agent is asked

# --- Push messages to browsers (RFC 8292): a P-256 key in base64url; blank turns them off ---
VAPID_PRIVATE_KEY = env("VAPID_PRIVATE_KEY", "" if PRODUCTION else _DEVELOPMENT_KEY)
VAPID_SUBJECT = env("VAPID_SUBJECT", "mailto:no-reply@localhost")

# --- Mail, logs, errors ---
EMAIL_URL = env("EMAIL_URL", "console://")
_mail = urlsplit(EMAIL_URL)
EMAIL_BACKEND = {
    "console": "django.core.mail.backends.console.EmailBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
}.get(_mail.scheme, "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
EMAIL_TIMEOUT = 30  # seconds for each answer of the mail server
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", "Helpdesk <no-reply@localhost>")
LOG_LEVEL = env("LOG_LEVEL", "INFO")
LOGGING = logs.config(LOG_LEVEL)
SENTRY_DSN = env("SENTRY_DSN")
if SENTRY_DSN:  # imported only then: every process would carry it in memory
    from helpdesk import error_tracking

    error_tracking.start(SENTRY_DSN, environment=ENVIRONMENT, release=BUILD)
