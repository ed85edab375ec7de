"""Addresses of the form that every reader may send."""

from django.urls import path

from servanda.web.desk import suggesting

app_name = "corrections"
urlpatterns = [
    path("", suggesting.correct, name="correct"),
    path("received/", suggesting.received, name="received"),
]
