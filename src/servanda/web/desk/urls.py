"""Addresses of the desk."""

from django.urls import path

from servanda.web.desk import signing, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("accounts/", views.show_accounts, name="accounts"),
    path("<slug:convention>/", views.desk, name="desk"),
    path("<slug:convention>/propose/", views.propose, name="propose"),
    path("<slug:convention>/fact/", views.fact, name="fact"),
    path("<slug:convention>/proposals/<int:number>/", views.proposal, name="proposal"),
    path("<slug:convention>/proposals/<int:number>/approve/", views.approve, name="approve"),
    path("<slug:convention>/proposals/<int:number>/decline/", views.decline, name="decline"),
    path("<slug:convention>/proposals/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:convention>/suggestions/<int:number>/", views.suggestion, name="suggestion"),
    path("<slug:convention>/suggestions/<int:number>/close/", views.close_suggestion, name="close-suggestion"),
    path("<slug:convention>/suggestions/<int:number>/erase/", views.erase_suggestion, name="erase-suggestion"),
    path("<slug:convention>/clashes/<int:number>/", views.clash, name="clash"),
    path("<slug:convention>/clashes/<int:number>/settle/", views.settle_clash, name="settle-clash"),
]
