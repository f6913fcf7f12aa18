"""Confirming records: by a signed link from a mail, and in the workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.techmart import closing, confirming, links
from events.techmart.confirming import Answer, Group, key_of
from events.techmart.models import Demand, MarketRecord
from events.techmart.models.trust import kind_of
from events.techmart.presenting.trust import Confirmed, confirmed_of
from portal.accounts.models import User
from portal.core.keeping import login_required_keeping
from portal.core.verdicts import Refused

ALL = "all"
REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Row:
    """A record in the list, with what may be answered."""

    key: str
    name: str
    code: str
    kind: str
    confirmed: Confirmed
    gone_label: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What one organisation's part of the page shows."""

    key: str
    title: str
    rows: Sequence[Row]
    closed: Sequence[Row]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a mail's link. Opening it does nothing; nobody signs in."""
    try:
        person, group = confirming.group_behind(links.invitation_in(token))
    except Refused as refused:
        return _no_such_link(request, refused)
    if request.method == "POST" and group.open:
        _answered(request, person, group)
        return redirect("techmart_links:confirm", token)
    context = {"group": _shown(group), "person": person}
    return _private(render(request, "techmart/trust/confirm_link.html", context))


def _no_such_link(request: HttpRequest, refused: Refused) -> HttpResponse:
    context = {"reason": refused.reason, "sign_in_url": reverse("techmart:confirm")}
    status = 410 if refused.code == "expired" else 404
    return _private(render(request, "techmart/trust/bad_link.html", context, status=status))


@login_required_keeping
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The same for everything a signed-in person answers for."""
    person: Any = request.user
    groups = confirming.groups_of(person)
    if request.method == "POST":
        for group in groups:
            if group.key == request.POST.get("group"):
                _answered(request, person, group)
        return redirect("techmart:confirm")
    context = {
        "groups": [_shown(group) for group in groups],
        "crumbs": [
            {"title": _("My work"), "url": reverse("workspace:home")},
            {"title": _("Confirm my records"), "url": ""},
        ],
    }
    return render(request, "techmart/workspace/confirm.html", context)


def _answered(request: HttpRequest, person: User, group: Group) -> None:
    if request.POST.get("act") == REOPEN:
        _reopened(request, person, group)
        return
    answers = _answers(request, group)
    try:
        outcome = confirming.answer(group.open, answers, person)
    except Refused as refused:
        messages.error(request, str(refused))
        return
    if outcome.confirmed:
        words = ngettext(
            "%(count)s record is confirmed. Thank you.",
            "%(count)s records are confirmed. Thank you.",
            outcome.confirmed,
        )
        messages.success(request, words % {"count": outcome.confirmed})
    if outcome.closed:
        words = ngettext(
            "%(count)s record is no longer shown.",
            "%(count)s records are no longer shown.",
            outcome.closed,
        )
        messages.success(request, words % {"count": outcome.closed})
    for record in outcome.to_change:
        messages.warning(
            request,
            _("Change “%(name)s” under “My work”; once approved it counts as confirmed.")
            % {"name": record},
        )
    if not (outcome.confirmed or outcome.closed or outcome.to_change):
        messages.info(request, _("Nothing was chosen, so nothing has changed."))


def _answers(request: HttpRequest, group: Group) -> dict[str, Answer]:
    """What stands in the form; "confirm all" speaks for what nobody excepted."""
    known = {one.value: one for one in Answer}
    answers: dict[str, Answer] = {}
    for record in group.open:
        key = key_of(record)
        if (said := known.get(request.POST.get(key, ""))) is not None:
            answers[key] = said
        elif request.POST.get("act") == ALL:
            answers[key] = Answer.STILL_TRUE
    return answers


def _reopened(request: HttpRequest, person: User, group: Group) -> None:
    for record in group.closed:
        if key_of(record) == request.POST.get("record"):
            try:
                closing.reopen(record, person)
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, _("“%(name)s” is shown again.") % {"name": record})


def _shown(group: Group) -> Shown:
    title = str(group.organisation) if group.organisation else _("My page as an expert")
    return Shown(group.key, title, _rows(group.open), _rows(group.closed))


def _rows(records: Sequence[MarketRecord]) -> list[Row]:
    return [
        Row(
            key=key_of(record),
            name=str(record),
            code=record.standing.code,
            kind=str(record._meta.verbose_name),
            confirmed=confirmed_of(record.standing),
            gone_label=_gone(record),
            edit_url=reverse("techmart:edit", args=[kind_of(record), record.pk]),
        )
        for record in records
    ]


def _gone(record: MarketRecord) -> str:
    if isinstance(record, Demand):
        return _("No longer needed")
    return _("Sold or no longer available") if kind_of(record) == "offer" else _("No longer so")


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no search engine and no other site learns it."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
