"""Django's settings. What an operator may choose is read in `environment`; the rest is decided here."""

from servanda.common.languages import LANGUAGES as OFFICIAL
from servanda.common.release import HOUSE, release
from servanda.site.environment import Environment

ENVIRONMENT = Environment.read()

SECRET_KEY = ENVIRONMENT.secret_key()
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "servanda.journal",
    "servanda.convention",
    "servanda.people",
    "servanda.documents",
    "servanda.register",
    "servanda.programme",
    "servanda.web",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "servanda.web.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "servanda.web.middleware.Refusals",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "servanda.site.urls"
WSGI_APPLICATION = None

DATABASES = {"default": ENVIRONMENT.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts. A session begins with the sign-in and with nothing else: public pages set no cookie.
AUTH_USER_MODEL = "people.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.behind_https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "servanda.web.middleware.form_is_stale"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_https else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
NOTICE = ENVIRONMENT.notice()
LANGUAGES = [(code, language.name) for code, language in OFFICIAL.items()]
LOCALE_PATHS = [HOUSE / "common" / "locale"]

STATIC_URL = f"/static/{release()}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = "^/static/"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "servanda.web.templatetags.floor",
                "servanda.web.templatetags.servanda",
            ],
        },
    }
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "servanda.site.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
