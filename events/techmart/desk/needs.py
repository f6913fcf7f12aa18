"""Needs at the desk: written down for somebody, taken up, answered, turned into demands, closed."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.techmart import needs as verbs
from events.techmart.connection_forms import BehalfForm, CloseForm, DemandForm, SuggestForm
from events.techmart.connection_permissions import may_read_desk
from events.techmart.desk.frame import (
    act,
    desk_context,
    for_entering,
    for_readers,
    refuse,
    said_or_refused,
)
from events.techmart.models import Expert, Need, Offer
from events.techmart.telling import edit_address
from portal.core.keeping import kept_post, saved
from portal.core.models import ConsentText
from portal.core.text import clean_line, fold
from portal.core.verdicts import Refused

MOST = 8
_LEAST_LETTERS = 3


@for_entering
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Write down what somebody tells, with the consent they speak."""
    typed = request.POST if request.method == "POST" else kept_post(request)
    form = BehalfForm(typed)
    if request.method == "POST" and form.is_valid():
        try:
            need = verbs.receive(
                Need.Kind.NEED,
                form.facts(),
                channel=form.cleaned_data["channel"],
                by=request.user,  # type: ignore[arg-type]
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            text = _("Noted: %(code)s. Answer due %(day)s.") % {
                "code": need.code,
                "day": f"{need.due_on:%d/%m/%Y}",
            }
            saved(request, text, "need-behalf")
            return redirect("techmart_desk:enter_need")
    context = desk_context(request, "needs", form=form, text=ConsentText.current(verbs.PURPOSE))
    if not may_read_desk(request.user):
        del context["crumbs"][1:]  # the booth writes, and opens nothing else of the desk
    context["crumbs"].append({"title": _("Write down a need"), "url": ""})
    status = 422 if request.method == "POST" else 200
    return render(request, "techmart/desk/enter_need.html", context, status=status)


def _of(key: uuid.UUID) -> Need:
    return get_object_or_404(
        Need.objects.drawn().select_related("entered_by", "consent__text"), key=key
    )


def _page(request: HttpRequest, found: Need, *, status: int = 200, **refused: Any) -> HttpResponse:
    query = clean_line(request.GET.get("q", ""))[:100]
    forms = {
        "demand": DemandForm(
            prefix="demand", initial={"title": found.problem.split("\n")[0][:120]}
        ),
        "close": CloseForm(prefix="close"),
        "suggest": SuggestForm(prefix="suggest"),
        **refused,
    }
    follows = Need.MOVES[found.state]
    context = desk_context(
        request,
        "needs",
        need=found,
        query=query,
        finds=_finds(query or found.problem),
        suggestions=found.suggestions.select_related(
            "offer__standing", "expert__standing", "suggested_by"
        ),
        forms=forms,
        may_take=Need.State.IN_HAND in follows,
        may_become=Need.State.DEMAND in follows and bool(found.problem),
        may_close=Need.State.CLOSED in follows,
        may_suggest=found.state != Need.State.CLOSED,
    )
    context["crumbs"].append({"title": found.code, "url": ""})
    return render(request, "techmart/desk/need.html", context, status=status)


def _finds(text: str) -> list[tuple[str, Any, str]]:
    """Public offers and experts that hold the most of these words: key, record, its address."""
    words = [word for word in fold(text).split() if len(word) >= _LEAST_LETTERS][:8]
    if not words:
        return []
    found: list[tuple[str, Any, str]] = []
    for kind, model in (("offer", Offer), ("expert", Expert)):
        public: Any = model.objects.public().select_related("standing")
        scored = []
        for record in public.filter(_any_of(words))[: MOST * 5]:
            scored.append((sum(word in record.folded_text for word in words), record))
        scored.sort(key=lambda one: -one[0])
        found += [
            (f"{kind}-{record.pk}", record, edit_address(model, record.pk))
            for _score, record in scored[:MOST]
        ]
    return found


def _any_of(words: list[str]) -> Any:
    condition = Q()
    for word in words:
        condition |= Q(folded_text__contains=word)
    return condition


@for_readers
@require_safe
def need(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, _of(key))


def _back(found: Need) -> HttpResponse:
    return redirect(reverse("techmart_desk:need", args=[found.key]))


@act
def take(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    said_or_refused(
        request,
        lambda: verbs.take(found, request.user),  # type: ignore[arg-type]
        _("The need is yours."),
    )
    return _back(found)


def _tried(
    request: HttpRequest, found: Need, name: str, form: Any, verb: Callable[[Any], Any], done: str
) -> HttpResponse:
    if form.is_valid():
        try:
            verb(form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, done)
            return _back(found)
    return _page(request, _of(found.key), status=422, **{name: form})


@act
def suggest(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "suggest",
        SuggestForm(request.POST, prefix="suggest"),
        lambda facts: verbs.suggest(found, user, facts["record"], facts["note"]),
        _("The suggestion was noted."),
    )


@act
def become_demand(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "demand",
        DemandForm(request.POST, prefix="demand"),
        lambda facts: verbs.become_demand(found, user, facts["title"], facts["tax_code"]),
        _("A draft of a demand was begun. It goes the way of every demand from here."),
    )


@act
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "close",
        CloseForm(request.POST, prefix="close"),
        lambda facts: verbs.close(found, user, facts["reason"]),
        _("The need was closed."),
    )
