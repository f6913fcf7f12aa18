"""Who is told what about needs and requests. No letter names a side before contacts are open."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.techmart.connection_permissions import (
    Side,
    has_owner,
    owner_organisation,
    owner_person_id,
)
from events.techmart.models import ConnectionRequest, Need
from portal.accounts import roles
from portal.accounts.models import Membership, User
from portal.core.noticing import tell
from portal.core.templatetags.portal import day

NEED = "techmart.need"
OFFICE = "techmart.connection_office"
STEP = "techmart.connection"
MESSAGE = "techmart.connection_message"
DIGEST = "techmart.desk_digest"


def officers() -> Iterable[User]:
    return User.objects.filter(is_active=True, groups__name=roles.OFFICERS).distinct()


def in_charge(request: ConnectionRequest) -> Iterable[User]:
    """Its officer; all of them as long as nobody has taken it."""
    return [request.officer] if request.officer and request.officer.is_active else officers()


def people_of(request: ConnectionRequest, side: str) -> list[User]:
    """The people of one side: the asker; the owners of the owner's account, or the expert."""
    if side == Side.ASKER:
        return [request.asker]
    organisation = owner_organisation(request)
    if organisation is None:
        person = owner_person_id(request)
        return [] if person is None else list(User.objects.filter(pk=person))
    return list(
        User.objects.filter(
            is_active=True,
            memberships__organisation=organisation,
            memberships__role=Membership.Role.OWNER,
            memberships__state=Membership.State.ACTIVE,
        )
    )


def _page(request: ConnectionRequest) -> str:
    return reverse("techmart_connections:request", args=[request.key])


def _desk(request: ConnectionRequest) -> str:
    return reverse("techmart_desk:connection", args=[request.key])


def _names(request: ConnectionRequest) -> dict[str, Any]:
    return {"code": request.code, "title": str(request.record)}


def need_came(need: Need) -> None:
    tell(
        officers(),
        NEED,
        subject=lambda _reader: f"{need.get_kind_display()} {need.code}",
        body=lambda _reader: (
            _("%(text)s\nAnswer due %(day)s.")
            % {"text": need.problem or need.offer or "", "day": day(need.due_on)}
        ),
        url=reverse("techmart_desk:need", args=[need.key]),
        action_label=_("Open"),
    )


def asked(request: ConnectionRequest) -> None:
    tell(
        officers(),
        OFFICE,
        subject=_("Connection request %(code)s: %(title)s") % _names(request),
        body=lambda _reader: _("To be received by %(day)s.") % {"day": day(request.due_on)},
        url=_desk(request),
        action_label=_("Open"),
    )


def tell_asker(request: ConnectionRequest) -> None:
    """The state has changed: the asker reads where it stands, and nothing of the owner."""
    tell(
        people_of(request, Side.ASKER),
        STEP,
        subject=lambda _reader: f"{request.code}: {request.get_state_display()} – {request.record}",
        body=_STATES.get(request.state, _("Your request has moved on.")),
        url=_page(request),
        action_label=_("Open the request"),
    )


def tell_owner(request: ConnectionRequest) -> None:
    """Something to answer or to know for the owner, and nothing of the asker."""
    if request.state == ConnectionRequest.State.PASSED_ON:
        subject = _("Somebody asks to be put in touch: %(title)s (%(code)s)") % _names(request)
        body: Any = lambda _reader: (  # noqa: E731
            _("%(words)s\n\nPlease accept or decline by %(day)s.")
            % {"words": request.relayed_text, "day": day(request.due_on)}
        )
    else:
        subject = _("Connection %(code)s: %(title)s") % _names(request)
        body = lambda _reader: request.get_state_display()  # noqa: E731
    tell(
        people_of(request, Side.OWNER),
        STEP,
        subject=subject,
        body=body,
        url=_page(request),
        action_label=_("Open the request"),
    )


def tell_office(request: ConnectionRequest, by: User) -> None:
    """A side has done something the officer in charge has to know."""
    people = [one for one in in_charge(request) if one.pk != by.pk]
    tell(
        people,
        OFFICE,
        subject=lambda _reader: f"{request.code}: {request.get_state_display()}",
        body=str(request.record),
        url=_desk(request),
        action_label=_("Open"),
    )


def message_for(request: ConnectionRequest, side: str, by: User) -> None:
    """A message waits. Its words stay on the page, where permissions are asked."""
    words = _names(request)
    if side == Side.OFFICE:
        people, url = [one for one in in_charge(request) if one.pk != by.pk], _desk(request)
    else:
        people, url = people_of(request, side), _page(request)
    tell(
        people,
        MESSAGE,
        subject=_("New message in connection %(code)s") % words,
        body=_("About “%(title)s”. Read it and answer on the portal.") % words,
        url=url,
        action_label=_("Read the message"),
    )


def reminder(request: ConnectionRequest) -> None:
    """The next step is due: whoever has to take it is told."""
    waits_for_owner = request.state == ConnectionRequest.State.PASSED_ON
    sides = [Side.OWNER] if waits_for_owner else [Side.ASKER, Side.OWNER]
    step = request.next_step
    for side in sides:
        if side == Side.OWNER and not has_owner(request):
            continue
        tell(
            people_of(request, side),
            STEP,
            subject=_("Reminder: connection %(code)s, %(title)s") % _names(request),
            body=lambda _reader: (
                _("Due %(day)s: %(step)s")
                % {"day": day(request.due_on), "step": step or request.get_state_display()}
            ),
            url=_page(request),
            action_label=_("Open the request"),
        )


def digest(today: date, requests: int, needs: int) -> None:
    """Once a morning: how much is overdue at the desk."""
    total = requests + needs
    tell(
        officers(),
        DIGEST,
        subject=lambda _reader: (
            ngettext(
                "%(count)s matter at the market's desk is overdue",
                "%(count)s matters at the market's desk are overdue",
                total,
            )
            % {"count": total}
        ),
        body=lambda _reader: (
            _("Connection requests: %(requests)s. Needs: %(needs)s.")
            % {"requests": requests, "needs": needs}
        ),
        url=f"{reverse('techmart_desk:home')}?tab=overdue",
        action_label=_("Open the desk"),
    )


_STATES: dict[str, Any] = {
    "received": _("An officer has received your request and reads it."),
    "passed_on": _("The request was passed on without your name. You are told of the answer."),
    "accepted": _("The other side has accepted. Both contacts stand on the page of the request."),
    "declined": _("The other side has declined. The reason stands on the page of the request."),
    "failed": _("The request was ended. The reason stands on its page."),
}
