"""Address of the door that a link opens."""

from django.urls import path

from servanda.web.delegation import entering

app_name = "entrance"
urlpatterns = [path("<str:secret>/", entering.enter, name="enter")]
