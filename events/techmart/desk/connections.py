"""One request on one page, with every step that may follow as a button."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.techmart import connecting, relaying
from events.techmart.connection_forms import (
    AcceptForm,
    AssignForm,
    DeclineForm,
    FailForm,
    OfficeMessageForm,
    PassOnForm,
    PlanForm,
    WordsForm,
)
from events.techmart.connection_permissions import Side, has_owner
from events.techmart.desk.frame import act, desk_context, for_readers, refuse, said_or_refused
from events.techmart.models import ConnectionMessage, ConnectionRequest
from events.techmart.presenting import connections as presenting
from portal.core.keeping import saved
from portal.core.verdicts import Refused

States = ConnectionRequest.State


def _of(key: uuid.UUID) -> ConnectionRequest:
    return get_object_or_404(ConnectionRequest.objects.drawn(), key=key)


def _forms(found: ConnectionRequest) -> dict[str, Any]:
    """The forms of the steps that may follow, by name."""
    forms: dict[str, Any] = {}
    if not found.is_open:
        return forms
    follows = ConnectionRequest.MOVES[found.state]
    if States.PASSED_ON in follows:
        words = connecting.suggested_words(found)
        forms["pass_on"] = PassOnForm(prefix="pass", initial={"words": words})
    if States.ACCEPTED in follows and not has_owner(found):
        forms["accept"] = AcceptForm(prefix="accept")
        forms["decline"] = DeclineForm(prefix="decline")
    if States.FAILED in follows:
        forms["fail"] = FailForm(prefix="fail")
    if found.passed_on_at is not None:
        forms["plan"] = PlanForm(
            prefix="plan", initial={"step": found.next_step, "due_on": found.due_on}
        )
    forms["assign"] = AssignForm(prefix="assign", initial={"officer": found.officer_id})
    forms["message"] = OfficeMessageForm(initial={"readers": [Side.ASKER]})
    return forms


def _page(
    request: HttpRequest, found: ConnectionRequest, *, status: int = 200, **refused: Any
) -> HttpResponse:
    """The screen; `refused` holds forms that were refused, by name."""
    relayed = refused.pop("relay", None)
    context = desk_context(
        request,
        "",
        connection=found,
        chip=presenting.chip(found),
        owner=presenting.owner_of(found),
        has_owner=has_owner(found),
        steps=presenting.told_steps(found),
        lines=[
            (line, _words_form(line, relayed)) for line in presenting.thread(found, Side.OFFICE)
        ],
        events=found.events.select_related("by"),
        outcomes=found.outcomes.all(),
        forms={**_forms(found), **refused},
        nexts=[
            (state, States(state).label)
            for state in States
            if state in ConnectionRequest.MOVES[found.state] and state in connecting.FOLLOWING
        ],
        refused_part=next(iter(refused), ""),
    )
    context["crumbs"].append({"title": found.code, "url": ""})
    return render(request, "techmart/desk/connection.html", context, status=status)


def _words_form(line: presenting.Line, refused: tuple[ConnectionMessage, Any] | None) -> Any:
    if not line.may_relay:
        return None
    if refused and refused[0].pk == line.message.pk:
        return refused[1]
    return WordsForm(initial={"words": line.message.text}, prefix=f"m{line.message.pk}")


@for_readers
@require_safe
def connection(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, _of(key))


def _back(found: ConnectionRequest, part: str = "") -> HttpResponse:
    return redirect(f"{reverse('techmart_desk:connection', args=[found.key])}{part}")


def _tried(
    request: HttpRequest,
    found: ConnectionRequest,
    name: str,
    form: Any,
    verb: Callable[[dict[str, Any]], Any],
    done: str,
    part: str = "",
) -> HttpResponse:
    """Do what a form of the screen asks for, or show the screen with what was refused."""
    if form.is_valid():
        try:
            verb(form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            saved(request, done, f"desk-{name}-{found.pk}")
            return _back(found, part)
    return _page(request, _of(found.key), status=422, **{name: form})


@act
def receive(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    said_or_refused(
        request,
        lambda: connecting.receive(found, request.user),  # type: ignore[arg-type]
        _("Received: the request is yours."),
    )
    return _back(found)


@act
def pass_on(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "pass_on",
        PassOnForm(request.POST, prefix="pass"),
        lambda facts: connecting.pass_on(found, user, **facts),
        _("Passed on. The owner was told, without the asker's name."),
    )


@act
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that an owner without an account has agreed."""
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "accept",
        AcceptForm(request.POST, prefix="accept"),
        lambda facts: connecting.accept(found, user, facts["note"]),
        _("Noted: the owner has accepted."),
    )


@act
def decline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that an owner without an account has declined."""
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "decline",
        DeclineForm(request.POST, prefix="decline"),
        lambda facts: connecting.decline(found, user, facts["reason"], facts["note"]),
        _("Noted: the owner has declined."),
    )


@act
def go_on(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    said_or_refused(
        request,
        lambda: connecting.go_on(found, request.user, request.POST.get("to", "")),  # type: ignore[arg-type]
        _("The new state was noted, and both sides were told."),
    )
    return _back(found)


@act
def fail(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "fail",
        FailForm(request.POST, prefix="fail"),
        lambda facts: connecting.fail(found, user, facts["reason"], facts["note"]),
        _("The request was ended with its reason."),
    )


@act
def assign(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "assign",
        AssignForm(request.POST, prefix="assign"),
        lambda facts: connecting.assign(found, user, facts["officer"]),
        _("Another officer has it now."),
    )


@act
def plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "plan",
        PlanForm(request.POST, prefix="plan"),
        lambda facts: connecting.plan(found, user, facts["step"], facts["due_on"]),
        _("The next step was noted."),
    )


@act
def remind(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    said_or_refused(
        request,
        lambda: connecting.remind(found, request.user),  # type: ignore[arg-type]
        _("Reminded."),
    )
    return _back(found)


@act
def write(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    user: Any = request.user
    return _tried(
        request,
        found,
        "message",
        OfficeMessageForm(request.POST, request.FILES),
        lambda facts: relaying.write(
            found,
            user,
            facts["text"],
            upload=facts["file"],
            to_asker=Side.ASKER in facts["readers"],
            to_owner=Side.OWNER in facts["readers"],
        ),
        _("The message was sent."),
        "#thread",
    )


@act
def relay(request: HttpRequest, key: uuid.UUID, message: uuid.UUID) -> HttpResponse:
    """Let the other side read a message."""
    found = _of(key)
    written = get_object_or_404(found.messages, key=message)
    form = WordsForm(request.POST, prefix=f"m{written.pk}")
    if form.is_valid():
        try:
            relaying.relay(written, request.user, form.cleaned_data["words"])  # type: ignore[arg-type]
        except Refused as refused:
            refuse(form, refused)
        else:
            saved(request, _("The other side reads it now."), f"desk-relay-{written.pk}")
            return _back(found, "#thread")
    return _page(request, found, status=422, relay=(written, form))
