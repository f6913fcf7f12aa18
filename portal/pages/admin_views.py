"""The completeness report for editors."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.roles import DIRECTORS, EDITORS, has_role
from portal.pages.completeness import requirements


def may_see_completeness(user: Any) -> bool:
    return has_role(user, EDITORS, DIRECTORS)


def completeness(request: HttpRequest) -> HttpResponse:
    """Each requirement with its state and the way to put it right."""
    if not may_see_completeness(request.user):
        raise PermissionDenied
    found = requirements()
    title = _("What the portal must show")
    context = {
        "requirements": sorted(found, key=lambda one: one.done),
        "done": sum(one.done for one in found),
        "header_title": title,
        "header_icon": "clipboard-list",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "pages/admin/completeness.html", context)
