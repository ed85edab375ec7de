"""Addresses of the display of a room; the same below a rehearsal."""

from django.urls import path

from servanda.web.display import views

app_name = "display"
urlpatterns = [
    path("<slug:convention>/<str:code>/", views.display, name="display"),
    path("<slug:convention>/<str:code>/<rehearsal:rehearsal>/", views.display, name="display"),
]
