"""What owners decide beside the words of a record: naming themselves, closing, opening again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.techmart.closing import close, reopen, set_anonymous
from events.techmart.forms import CloseForm
from events.techmart.models import Demand
from events.techmart.permissions import may_decide
from events.techmart.views.frame import address, back_to_record, crumbs, record_of
from portal.core.keeping import login_required_keeping
from portal.core.verdicts import Refused
from portal.pages.owned_records import draft_of


@login_required_keeping(back_to=back_to_record)
@require_POST
def naming(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Hide whose it is, or name them again. `anonymous` is "on" or nothing."""
    held = record_of(request, kind, pk)
    anonymous = request.POST.get("anonymous") == "on"
    try:
        set_anonymous(held, anonymous, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            _("From now on nobody learns whose it is before you agree.")
            if anonymous
            else _("From now on it stands there in your name."),
        )
    return redirect(address("record", held))


@login_required_keeping(back_to=back_to_record)
def closing(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask once, then take it out of the public lists."""
    held = record_of(request, kind, pk)
    decides = may_decide(request.user, held)
    if not decides or held.standing.closed_at:
        if held.standing.closed_at:
            messages.info(request, _("It is closed already."))
        else:
            messages.error(request, decides.reason)
        return redirect(address("record", held))
    form = CloseForm(isinstance(held, Demand), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            close(
                held, request.user, ended_as=facts.get("ended_as", ""), note=facts.get("note", "")
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("It is closed and no longer shown."))
            return redirect(address("record", held))
    name = str(draft_of(held))
    context = {
        "record": held,
        "kind": kind,
        "name": name,
        "form": form,
        "crumbs": crumbs((name, address("record", held)), (_("Close"), "")),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "techmart/workspace/close.html", context, status=status)


@login_required_keeping(back_to=back_to_record)
@require_POST
def reopening(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show it again."""
    held = record_of(request, kind, pk)
    try:
        reopen(held, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is open again."))
    return redirect(address("record", held))
