"""Addresses of the secretariat's pages; each table also as CSV or JSON."""

from django.urls import path

from servanda.web.secretariat import links, programmes, views

app_name = "secretariat"
urlpatterns = [
    path("<slug:convention>/", views.overview, name="overview"),
    path("<slug:convention>/gaps/", views.gaps, name="gaps"),
    path("<slug:convention>/gaps.<str:form>", views.gaps, name="gaps-as"),
    path("<slug:convention>/backtest/<slug:name>/", views.backtest, name="backtest"),
    path("<slug:convention>/backtest/<slug:name>.<str:form>", views.backtest, name="backtest-as"),
    path("<slug:convention>/programme/<str:code>/", programmes.programme, name="programme"),
    path("<slug:convention>/programme/<str:code>/store/", programmes.store, name="store"),
    path("<slug:convention>/programme/<str:code>/versions/<int:number>/", programmes.version, name="version"),
    path("<slug:convention>/programme/<str:code>/versions/<int:number>/issue/", programmes.issue, name="issue"),
    path("<slug:convention>/links/<str:code>/", links.links, name="links"),
    path("<slug:convention>/links/<str:code>/make/", links.make, name="make-link"),
    path("<slug:convention>/links/<str:code>/revoke/", links.revoke, name="revoke-link"),
    path("<slug:convention>/candidates/<str:code>/", views.candidates, name="candidates"),
    path("<slug:convention>/candidates/<str:code>.<str:form>", views.candidates, name="candidates-as"),
]
