"""The address of the wall display: for those who hang it up, and taken back when it got about."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from startups.coworking import walls
from startups.coworking.desk.views.frame import desk_context, for_readers, space_of
from startups.coworking.permissions import may_run_space


@for_readers
def display(request: HttpRequest, space: str) -> HttpResponse:
    """The address to open on the screen in the house; who runs the space renews it."""
    found = space_of(space)
    if request.method == "POST":
        may = may_run_space(request.user)
        if not may:
            raise PermissionDenied(str(may.reason))
        walls.renew(found, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The display has a new address; the old one shows nothing."))
        return redirect("coworking_desk:display", found.slug)
    path = walls.address_of(found)
    context = desk_context(
        request, found, "display", wall_path=path, address=urljoin(settings.SITE_URL or "", path)
    )
    return render(request, "coworking/desk/display.html", context)
