"""Addresses: the API, the live state, then by language the desk, kit, secretariat, corrections, public pages."""

from django.urls import include, path

import servanda.web.addresses  # noqa: F401 (the converter `language`)
from servanda.web.api.views import api

handler400 = "servanda.web.middleware.bad_request"
handler500 = "servanda.web.middleware.not_answered"
urlpatterns = [
    path("api/v1/", api.urls),
    path("live/", include("servanda.web.live.urls")),
    path("<language:language>/desk/", include("servanda.web.desk.urls")),
    path("<language:language>/enter/", include("servanda.web.delegation.entrance")),
    path("<language:language>/floor/", include("servanda.web.delegation.urls")),
    path("<language:language>/kit/", include("servanda.web.kit.urls")),
    path("<language:language>/interpreters/", include("servanda.web.interpreters.urls")),
    path("<language:language>/chair/", include("servanda.web.chair.urls")),
    path("<language:language>/display/", include("servanda.web.display.urls")),
    path("<language:language>/rehearsal/", include("servanda.web.rehearsal.urls")),
    path("<language:language>/secretariat/", include("servanda.web.secretariat.urls")),
    path("<language:language>/<slug:convention>/corrections/", include("servanda.web.desk.corrections")),
    path("", include("servanda.web.public.urls")),
]
