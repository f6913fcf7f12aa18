"""The judge's desk: what is left, the invitation, the own totals before handing in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from competitions.judging import inviting, permissions, scoring
from competitions.judging.forms import AcceptForm, ReasonForm, add_refusal
from competitions.judging.models import Judge
from competitions.judging.queries import Seat, own_totals, seats_of
from portal.core import clock
from portal.core.models import ConsentText
from portal.core.templatetags.portal import weekday_moment
from portal.core.verdicts import Refused


def to_desk(request: HttpRequest) -> HttpResponse:
    """Lead an unsigned visitor to the desk, where a code is asked for, and back afterwards."""
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('judging:desk')}?{query}")


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What this judge still has to score. Unsigned visitors are led to a mailed code."""
    if not request.user.is_authenticated:
        return render(request, "judging/welcome.html", _welcome(request))
    seats = seats_of(request.user)
    invitations = [seat for seat in seats if seat.judge.state == Judge.State.INVITED]
    taken = [seat for seat in seats if seat.judge.state == Judge.State.ACCEPTED]
    context = {
        "invitations": invitations,
        "seats": taken,
        "first_line": first_line(taken),
        "next_card": next((seat.next_card for seat in taken if seat.next_card), None),
    }
    return render(request, "judging/desk.html", context)


def first_line(seats: list[Seat]) -> str:
    """ "7 of 12 dossiers left, until 17:00 Thứ Sáu, 27/11/2026", of the nearest open round."""
    for seat in seats:
        if not seat.active or not permissions.may_mark_in(seat.round_track, clock.now()):
            continue
        facts = {"left": seat.left, "all": len(seat.active), "when": _until(seat)}
        if seat.left:
            return _("%(left)s of %(all)s dossiers left, until %(when)s") % facts
        if seat.may_hand_in:
            return _("All %(all)s sheets are complete, until %(when)s: hand them in") % facts
    return _("Nothing is waiting for you now")


def _until(seat: Seat) -> str:
    return weekday_moment(seat.closes_at)


def _welcome(request: HttpRequest) -> dict[str, str]:
    email = request.GET.get("email", "")[:254]
    try:
        validate_email(email)
    except ValidationError:
        email = ""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return {"email": email, "next": wanted if safe else reverse("judging:desk")}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, judge_id: int) -> HttpResponse:
    """Answer an invitation: two promises, or a reason to decline."""
    if not request.user.is_authenticated:
        return to_desk(request)
    seat = _own_seat(request, judge_id, Judge.State.INVITED)
    if seat is None:
        return redirect("judging:desk")
    declining = request.POST.get("answer") == "decline"
    accept_form = AcceptForm(request.POST if request.POST and not declining else None)
    decline_form = ReasonForm(request.POST if declining else None, prefix="decline")
    form = decline_form if declining else accept_form
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, seat, form, declining=declining)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            return redirect("judging:desk")
    context = {
        "judge": seat,
        "form": accept_form,
        "decline_form": decline_form,
        "impartiality": ConsentText.current(inviting.IMPARTIALITY),
        "confidentiality": ConsentText.current(inviting.CONFIDENTIALITY),
    }
    return render(request, "judging/accept.html", context)


def _answer(request, seat: Judge, form, *, declining: bool) -> None:
    if declining:
        inviting.decline(seat, request.user, form.cleaned_data["reason"])
        messages.success(request, _("You have declined. The organisers have been told."))
        return
    inviting.accept(
        seat,
        request.user,
        impartial=form.cleaned_data["impartial"],
        confidential=form.cleaned_data["confidential"],
    )
    messages.success(request, _("Thank you. Your place in the panel is confirmed."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def totals(request: HttpRequest, judge_id: int) -> HttpResponse:
    """All own totals side by side, and the one button that hands everything in."""
    if not request.user.is_authenticated:
        return to_desk(request)
    judge = _own_seat(request, judge_id, Judge.State.ACCEPTED)
    if judge is None:
        return redirect("judging:accept", judge_id=judge_id)
    if request.method == "POST":
        try:
            handed_in = scoring.hand_in_all(judge, request.user)
        except Refused as refused:
            # Pressed twice, or in two windows: all is well, and that is no error.
            level = messages.INFO if refused.code == "nothing_to_hand_in" else messages.ERROR
            messages.add_message(request, level, str(refused.reason))
        else:
            said = _("%(count)s sheets were handed in. Thank you.") % {"count": len(handed_in)}
            messages.success(request, said)
        return redirect("judging:totals", judge_id=judge.pk)
    criteria, rows = own_totals(judge)
    seat = Seat(judge, [row.card for row in rows])
    context = {
        "judge": judge,
        "criteria": criteria,
        "rows": rows,
        "seat": seat,
        "maximum": sum(criterion.points for criterion in criteria),
    }
    return render(request, "judging/totals.html", context)


def _own_seat(request: HttpRequest, judge_id: int, state: str) -> Judge | None:
    """The visitor's own seat when it is in `state`; None when not. Others' seats are a 404."""
    judge = (
        Judge.objects.filter(
            pk=judge_id,
            user=request.user.pk,
            state__in=[Judge.State.INVITED, Judge.State.ACCEPTED],
        )
        .select_related("user", "round_track__round__competition", "round_track__track")
        .first()
    )
    if judge is None:
        raise Http404
    return judge if judge.state == state else None
