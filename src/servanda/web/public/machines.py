"""What programs ask for at fixed addresses: what a crawler may read, and the icon of the site."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from servanda.common.languages import OFFERED

APART = ("desk", "secretariat", "kit")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything that is public may be read; the desk, the secretariat's pages and the kit are not for crawlers."""
    closed = [f"Disallow: /{code}/{place}/" for code in OFFERED for place in APART]
    return HttpResponse("\n".join(["User-agent: *", *closed, "Allow: /", ""]), content_type="text/plain; charset=utf-8")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """The icon at the address where browsers look for one."""
    return HttpResponseRedirect(static("icon.svg"))
