"""Addresses of the desk of a delegation, and of texts handed in."""

from django.urls import path

from servanda.web.delegation import texts, views

app_name = "delegation"
DESK = "<slug:convention>/<floor:floor>/desk/<str:delegation>/"
urlpatterns = [
    path(DESK, views.desk, name="desk"),
    path(f"{DESK}ask/", views.ask, name="ask"),
    path(f"{DESK}withdraw/", views.withdraw, name="withdraw"),
    path(f"{DESK}text/", views.hand_in, name="hand-in"),
    path(f"{DESK}leave/", views.leave, name="leave"),
    path("<slug:convention>/<floor:floor>/texts/<str:statement>/", texts.text, name="text"),
]
