"""The monthly statement of a company."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation
from portal.accounts.permissions import active_role
from portal.core import clock
from portal.core.keeping import login_required_keeping
from startups.coworking.permissions import may_read_space
from startups.coworking.statements import statement
from startups.coworking.views.frame import crumbs


@login_required_keeping
def monthly(request: HttpRequest, organisation_id: int, year: int, month: int) -> HttpResponse:
    """For the people of the organisation, and for those who read the space."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    if not active_role(request.user, organisation) and not may_read_space(request.user):  # type: ignore[arg-type]
        raise Http404("no such organisation")
    if not (1 <= month <= 12 and 2000 <= year <= 2100):
        raise Http404("no such month")
    context = {
        "shown": statement(organisation, date(year, month, 1)),
        "made_at": clock.now(),
        "crumbs": crumbs((_("Statement of use"), "")),
    }
    return render(request, "coworking/statement.html", context)
