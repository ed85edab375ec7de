"""The address of the kit, below the language and `kit/`."""

from django.urls import path

from servanda.web.kit.views import kit

app_name = "kit"
urlpatterns = [path("", kit, name="kit")]
