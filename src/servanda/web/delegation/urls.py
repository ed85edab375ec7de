"""Addresses of the desk of a delegation, and of texts handed in; the same below a rehearsal."""

from django.urls import path

from servanda.web.delegation import texts, views

app_name = "delegation"
FLOORS = ("<slug:convention>/<str:code>/", "<slug:convention>/<str:code>/<rehearsal:rehearsal>/")
urlpatterns = [
    each
    for floor in FLOORS
    for each in (
        path(f"{floor}desk/<str:delegation>/", views.desk, name="desk"),
        path(f"{floor}desk/<str:delegation>/ask/", views.ask, name="ask"),
        path(f"{floor}desk/<str:delegation>/withdraw/", views.withdraw, name="withdraw"),
        path(f"{floor}desk/<str:delegation>/exchange/", views.exchange, name="exchange"),
        path(f"{floor}desk/<str:delegation>/text/", views.hand_in, name="hand-in"),
        path(f"{floor}desk/<str:delegation>/text/erase/", views.erase, name="erase"),
        path(f"{floor}desk/<str:delegation>/leave/", views.leave, name="leave"),
        path(f"{floor}texts/<str:statement>/", texts.text, name="text"),
        path(f"{floor}items/<str:number>/texts/", texts.of_item, name="item-texts"),
    )
]
