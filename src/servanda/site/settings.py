"""Django's settings. What an operator may choose is read in `environment`; the rest is decided here."""

from servanda.common.languages import LANGUAGES as OFFICIAL
from servanda.common.release import HOUSE, release
from servanda.site.environment import Environment

ENVIRONMENT = Environment.read()

SECRET_KEY = ENVIRONMENT.secret_key()
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "servanda.journal",
    "servanda.convention",
    "servanda.documents",
    "servanda.register",
    "servanda.web",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "servanda.web.middleware.Headers",
    "servanda.web.middleware.Refusals",
]
ROOT_URLCONF = "servanda.site.urls"
WSGI_APPLICATION = None

DATABASES = {"default": ENVIRONMENT.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
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
                "servanda.web.templatetags.servanda",
            ],
        },
    }
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
