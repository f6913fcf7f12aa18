"""The decision behind a result: prepared, proposed, approved by a second person, published."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from competitions.calls.models import RoundTrack
from competitions.judging import permissions, publishing
from competitions.judging.admin.frame import attempt, round_page, show
from competitions.judging.forms import DecisionForm, ReasonForm, add_refusal
from competitions.judging.models import ResultDecision
from competitions.judging.standings import standings
from portal.core.auditing import history
from portal.core.serving import private_file_response
from portal.core.verdicts import Refused

_STATES = ResultDecision.State


@round_page
def result(request, round_track):
    decision = _decision_of(round_track)
    form, back_form = _decision_form(decision), ReasonForm(prefix="back")
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action == "prepare":
            form = _decision_form(decision, request.POST, request.FILES)
            done = form.is_valid() and _prepare(request, round_track, form)
        elif action == "send_back" and decision:
            back_form = ReasonForm(request.POST, prefix="back")
            done = back_form.is_valid() and _send_back(request, decision, back_form)
        else:
            _move_on(request, decision, action)
            done = True
        if done:
            return redirect(request.path)
    preparing = decision is None or decision.state == _STATES.PREPARED
    context = {
        "decision": decision,
        "form": form,
        "back_form": back_form,
        "preparing": preparing and round_track.state == RoundTrack.State.DECIDED,
        "too_early": decision is None and round_track.state != RoundTrack.State.DECIDED,
        "proposed": bool(decision and decision.state == _STATES.PROPOSED),
        "approved": bool(decision and decision.state == _STATES.APPROVED),
        "published": bool(decision and decision.state == _STATES.PUBLISHED),
        "approval": permissions.may_approve(request.user, decision) if decision else None,
        "may_publish": permissions.may_publish(request.user),
        "lines": _to_publish(round_track, decision),
        "history": history(decision)[:20] if decision else [],
    }
    return show(request, round_track, "result", context)


def _decision_of(round_track):
    return (
        ResultDecision.objects.filter(round_track=round_track)
        .select_related("file", "prepared_by", "approved_by", "published_by")
        .defer("sealed")
        .first()
    )


def _to_publish(round_track, decision):
    """Exactly the entries whose rows would be published, best first; none before outcomes stand."""
    settled = round_track.state == RoundTrack.State.DECIDED
    if not settled or (decision and decision.state == _STATES.PUBLISHED):
        return []
    return standings(round_track).lines


def _decision_form(decision, *posted):
    initial = {}
    if decision:
        initial = {
            "number": decision.number,
            "decided_on": decision.decided_on,
            "signatory": decision.signatory,
        }
    return DecisionForm(*posted, initial=initial, prefix="decision")


def _prepare(request, round_track, form):
    facts = form.cleaned_data
    try:
        publishing.prepare(
            round_track,
            facts["number"],
            facts["decided_on"],
            facts["signatory"],
            facts["file"],
            request.user,
        )
    except Refused as refused:
        add_refusal(form, refused)
        return False
    messages.success(request, _("The decision was saved."))
    return True


def _send_back(request, decision, form):
    try:
        publishing.send_back(decision, request.user, form.cleaned_data["reason"])
    except Refused as refused:
        add_refusal(form, refused)
        return False
    messages.success(request, _("The result was sent back; its preparer has been told."))
    return True


def _move_on(request, decision, action):
    acts = {
        "propose": (publishing.propose, _("The result waits for approval.")),
        "approve": (publishing.approve, _("The result is approved.")),
        "publish": (publishing.publish, _("The result is published; every team has been told.")),
    }
    if decision is None or action not in acts:
        return
    act, done = acts[action]
    attempt(request, lambda: act(decision, request.user), done)


@round_page
def decision_file(request, round_track):
    """The signed decision, for officers and directors."""
    decision = _decision_of(round_track)
    if decision is None:
        raise Http404
    return private_file_response(decision.file)
