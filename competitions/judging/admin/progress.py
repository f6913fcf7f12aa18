"""How far the judges are; opening, closing and prolonging marking; one sheet with its history."""

from collections import Counter, defaultdict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from competitions.calls.models import RoundTrack
from competitions.judging import assigning, permissions, reminding, scoring
from competitions.judging.admin.frame import attempt, round_page, show
from competitions.judging.admitting import entries_of_round, entries_short_of_judges
from competitions.judging.forms import ConflictForm, ProlongForm, ReasonForm, add_refusal
from competitions.judging.models import Judge, Scorecard
from competitions.judging.queries import ACTIVE, DONE, cards_shown, total_of
from portal.core.text import key_from
from portal.core.verdicts import Refused


@round_page
def progress(request, round_track):
    prolong_form = ProlongForm(prefix="prolong")
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action == "prolong":
            prolong_form = ProlongForm(request.POST, prefix="prolong")
            done = prolong_form.is_valid() and _prolong(request, round_track, prolong_form)
        else:
            _act(request, round_track, action)
            done = True
        if done:
            return redirect(request.path)
    context = _lines(round_track) | {
        "prolong_form": prolong_form,
        "ready": round_track.state == RoundTrack.State.RUNNING,
        "marking": round_track.state == RoundTrack.State.MARKING,
        "may_prolong": round_track.state
        in {RoundTrack.State.MARKING, RoundTrack.State.DELIBERATING},
    }
    if context["ready"]:
        context["short"] = entries_short_of_judges(round_track)
        context["entry_count"] = entries_of_round(round_track).count()
    return show(request, round_track, "progress", context)


def _lines(round_track):
    """One line for each judge with their sheets. Two queries."""
    judges = (
        Judge.objects.filter(round_track=round_track)
        .select_related("user")
        .order_by("-is_chair", "user__sort_key", "pk")
    )
    by_judge = defaultdict(list)
    cards = list(cards_shown(judges).order_by("entry__code", "pk"))
    for card in cards:
        by_judge[card.judge_id].append(card)
    lines = [_line(judge, by_judge[judge.pk]) for judge in judges]
    active = [card for card in cards if card.state in ACTIVE]
    return {
        "lines": [line for line in lines if line["cards"] or line["seated"]],
        "sheet_count": len(active),
        "done_count": sum(1 for card in active if card.state in DONE),
    }


def _line(judge, cards):
    counts = Counter(card.state for card in cards)
    active = [card for card in cards if card.state in ACTIVE]
    saved = [card.saved_at for card in cards if card.saved_at]
    return {
        "judge": judge,
        "cards": cards,
        "seated": judge.state in {Judge.State.INVITED, Judge.State.ACCEPTED},
        "total": len(active),
        "done": sum(1 for card in active if card.state in DONE),
        "handed_in": counts[Scorecard.State.HANDED_IN],
        "out": counts[Scorecard.State.CONFLICTED] + counts[Scorecard.State.DECLINED],
        "left": sum(1 for card in active if card.state not in DONE),
        "last_saved": max(saved, default=None),
        "just_reminded": reminding.just_reminded(judge),
    }


def _act(request, round_track, action):
    if action == "open":
        attempt(
            request,
            lambda: scoring.open_marking(round_track, request.user),
            _("Marking is open; the judges have been told."),
        )
    elif action == "close":
        attempt(
            request,
            lambda: scoring.close_marking(round_track, request.user),
            _("Marking is closed; complete sheets were handed in."),
        )
    elif action == "remind":
        judge = get_object_or_404(
            Judge,
            round_track=round_track,
            pk=key_from(request.POST.get("judge", "")),
        )
        attempt(
            request, lambda: reminding.remind(judge, request.user), _("The judge was reminded.")
        )


def _prolong(request, round_track, form):
    facts = form.cleaned_data
    try:
        scoring.prolong_marking(round_track, request.user, facts["until"], facts["reason"])
    except Refused as refused:
        add_refusal(form, refused)
        return False
    messages.success(request, _("Marking was prolonged."))
    return True


@round_page
def sheet(request, round_track, scorecard_id) -> HttpResponse:
    """One sheet: its marks, every change, and the way to reopen it."""
    card = get_object_or_404(
        Scorecard.objects.select_related("judge__user", "judge__round_track", "entry"),
        pk=scorecard_id,
        judge__round_track=round_track,
    )
    acting = request.POST.get("action") if request.method == "POST" else None
    reopen_form = ReasonForm(request.POST if acting == "reopen" else None, prefix="reopen")
    conflict_form = ConflictForm(request.POST if acting == "conflict" else None, prefix="conflict")
    form = conflict_form if acting == "conflict" else reopen_form
    if acting and form.is_valid():
        try:
            _change_sheet(request, card, acting, form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            return redirect(request.path)
    criteria = list(round_track.criteria.order_by("order", "pk"))
    marks = {mark.criterion_id: mark.value for mark in card.marks.all()}
    context = {
        "card": card,
        "marks": [(criterion, marks.get(criterion.pk)) for criterion in criteria],
        "total": total_of(criteria, marks),
        "maximum": sum(criterion.points for criterion in criteria),
        "changes": card.mark_changes.select_related("criterion", "changed_by").order_by(
            "-changed_at", "-pk"
        ),
        "reopenings": card.reopenings.select_related("reopened_by"),
        "conflicts": card.conflicts.select_related("recorded_by"),
        "reopen_form": reopen_form,
        "conflict_form": conflict_form,
        "may_reopen": card.state == Scorecard.State.HANDED_IN
        and permissions.may_reopen(request.user, round_track),
        "may_close": card.state in ACTIVE - {Scorecard.State.HANDED_IN},
    }
    return show(request, round_track, "progress", context, template="sheet")


def _change_sheet(request, card, action, facts):
    if action == "reopen":
        scoring.reopen(card, request.user, facts["reason"])
        messages.success(request, _("The sheet was reopened; the judge has been told."))
    elif action == "conflict":
        assigning.declare_conflict(card, facts["kind"], facts["note"], request.user)
        messages.success(request, _("The conflict was recorded; the marks do not count."))
