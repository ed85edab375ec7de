"""Addresses: the API first, then the public pages by language."""

from django.urls import include, path

from servanda.web.api.views import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("servanda.web.public.urls")),
]
