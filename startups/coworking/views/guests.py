"""Guests of a booking: who comes along, so that the front desk knows them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.keeping import kept_post, login_required_keeping, saved
from portal.core.verdicts import Refused
from startups.coworking import inviting
from startups.coworking.forms import GuestForm
from startups.coworking.views.frame import crumbs, theirs


@login_required_keeping
def guests(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everybody invited, and a form for one more."""
    found = theirs(request, key)
    user: Any = request.user
    form = GuestForm(request.POST if request.method == "POST" else kept_post(request))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            guest = inviting.invite(found, name=facts["name"], email=facts["email"], by=user)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            said = _("%(name)s gets a mail.") if guest.email else _("%(name)s is on the list.")
            saved(request, said % {"name": guest.name}, f"guests-{found.key}")
            return redirect("coworking:guests", found.key)
    context = {
        "booking": found,
        "guests": found.guests.all(),
        "form": form,
        "verdict": inviting.may_invite(user, found),
        "crumbs": crumbs(
            (found.code, reverse("coworking:booking", args=[found.key])), (_("Guests"), "")
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "coworking/guests.html", context, status=status)


@login_required_keeping(back_to=lambda _request, key, **_k: reverse("coworking:guests", args=[key]))
@require_POST
def remove(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found = theirs(request, key)
    guest = get_object_or_404(found.guests, pk=pk)
    guest.booking = found
    inviting.take_back(guest, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("%(name)s is not on the list any more.") % {"name": guest.name})
    return redirect("coworking:guests", found.key)
