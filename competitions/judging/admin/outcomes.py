"""Outcomes: one choice for each entry, saved quietly, settled together."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from competitions.calls.models import Prize, RoundTrack
from competitions.judging import deciding
from competitions.judging.admin.frame import attempt, round_page, show
from competitions.judging.forms import ReasonForm, add_refusal
from competitions.judging.models import EntryInRound, ResultDecision
from competitions.judging.publishing import is_last_round
from competitions.judging.ranking import suggested
from competitions.judging.standings import standings
from portal.core.text import key_from
from portal.core.verdicts import Refused

_STATES = EntryInRound.State


@round_page
def decide(request, round_track):
    reason_form = ReasonForm(prefix="reconsider")
    typed = {}
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action == "reconsider":
            reason_form = ReasonForm(request.POST, prefix="reconsider")
            done = reason_form.is_valid() and _reconsider(request, round_track, reason_form)
        else:
            done = _save(request, round_track, settle=action == "settle")
            typed = {} if done else request.POST
        if done:
            return redirect(request.path)
    table = standings(round_track)
    inside, on_the_line = suggested(table.ranked, round_track.places)
    last = is_last_round(round_track)
    prizes = list(Prize.objects.filter(track=round_track.track_id).order_by("order", "pk"))
    prizes = prizes if last else []
    decision = ResultDecision.objects.filter(round_track=round_track).first()
    context = {
        "lines": [_line(line, typed, inside, on_the_line) for line in table.lines],
        "states": _choices(last=last),
        "prizes": prizes,
        "last": last,
        "deciding": round_track.state == RoundTrack.State.DELIBERATING,
        "settled": round_track.state == RoundTrack.State.DECIDED,
        "early": round_track.state in {RoundTrack.State.RUNNING, RoundTrack.State.MARKING},
        "may_reconsider": round_track.state == RoundTrack.State.DECIDED
        and (decision is None or decision.state == ResultDecision.State.PREPARED),
        "reason_form": reason_form,
        "withdrawn": table.withdrawn,
    }
    return show(request, round_track, "decide", context)


def _choices(*, last):
    """In the last round nobody advances: an entry is chosen for a prize, or not."""
    return [
        (_STATES.PENDING.value, _("Not decided")),
        (_STATES.ADVANCED.value, _("Wins a prize") if last else _("Advances")),
        (_STATES.NOT_ADVANCED.value, _("No prize") if last else _("Does not advance")),
    ]


def _line(line, typed, inside, on_the_line):
    """One entry with what is stored, or what was typed and refused."""
    pk = line.entry.pk
    return {
        "standing": line,
        "state": typed.get(f"state-{pk}", line.place.state),
        "prize": typed.get(f"prize-{pk}", str(line.place.prize_id or "")),
        "suggested": pk in inside,
        "on_the_line": pk in on_the_line,
    }


def _save(request, round_track, *, settle):
    outcomes = {}
    for line in standings(round_track).lines:
        pk = line.entry.pk
        state = request.POST.get(f"state-{pk}")
        prize = request.POST.get(f"prize-{pk}", "")
        if state is not None:
            outcomes[pk] = (state, key_from(prize))
    saved = attempt(
        request,
        lambda: deciding.decide(round_track, outcomes, request.user),
        "" if settle else _("The outcomes were saved. Nobody has been told."),
    )
    if saved and settle:
        attempt(
            request,
            lambda: deciding.settle(round_track, request.user),
            _("The outcomes are settled. Now prepare the decision."),
        )
    return saved


def _reconsider(request, round_track, form):
    try:
        deciding.reconsider(round_track, request.user, form.cleaned_data["reason"])
    except Refused as refused:
        add_refusal(form, refused)
        return False
    messages.success(request, _("The outcomes can be changed again."))
    return True
