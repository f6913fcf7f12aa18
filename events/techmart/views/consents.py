"""What an expert agrees to show of themself, one tick for each thing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from events.techmart.agreeing import agree, consents_of, may_agree
from events.techmart.forms import ConsentsForm
from events.techmart.models import Expert
from events.techmart.views.frame import address, crumbs, record_of
from portal.core.keeping import login_required_keeping
from portal.core.verdicts import Refused


@login_required_keeping
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    """Give and take back consents; both hold at once."""
    held = record_of(request, "expert", pk)
    if not isinstance(held, Expert) or not may_agree(request.user, held):
        raise Http404
    given = consents_of(held)
    form = ConsentsForm(given, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            agree(held, form.wanted, request.user)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Your consents are kept as you set them."))
            return redirect(address("record", held))
    context = {
        "form": form,
        "record": held,
        "rows": [(one, form[one.name]) for one in given],
        "crumbs": crumbs((str(held), address("record", held)), (_("What is shown of me"), "")),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "techmart/workspace/consents.html", context, status=status)
