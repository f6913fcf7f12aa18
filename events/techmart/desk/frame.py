"""What the desk's screens share: who may open them, the tabs with their counts, refusals."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.techmart.connection_permissions import may_enter_needs, may_read_desk, may_run_desk
from events.techmart.models import ConnectionRequest, Need
from portal.core import clock
from portal.core.keeping import login_required_keeping
from portal.core.verdicts import Refused, Verdict

View = Callable[..., HttpResponseBase]
States = ConnectionRequest.State
NEGOTIATING = (
    *(States.ACCEPTED, States.IN_CONTACT, States.NEGOTIATING),
    *(States.MEMORANDUM, States.CONTRACT),
)
TABS: dict[str, Q] = {
    "new": Q(state__in=[States.NEW, States.RECEIVED]),
    "waiting": Q(state=States.PASSED_ON),
    "overdue": Q(),
    "negotiating": Q(state__in=NEGOTIATING),
    "needs": Q(),
    "closed": Q(state__in=ConnectionRequest.ENDED),
}


def _guarded(view: View, may: Callable[[Any], Verdict]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        verdict = may(request.user)
        if not verdict:
            # Asked before any record is looked up, so the answer tells nobody what exists.
            raise PermissionDenied(str(verdict.reason))
        return view(request, *args, **kwargs)

    return guarded


def for_readers(view: View) -> View:
    return login_required_keeping(_guarded(view, may_read_desk))


def for_officers(view: View) -> View:
    return login_required_keeping(_guarded(view, may_run_desk))


def for_entering(view: View) -> View:
    return login_required_keeping(_guarded(view, may_enter_needs))


def _home(*_arguments: Any, **_named: Any) -> str:
    return reverse("techmart_desk:home")


def act(view: View) -> View:
    """A button of an officer; after signing in again the desk is shown."""
    return login_required_keeping(back_to=_home)(require_POST(_guarded(view, may_run_desk)))


def act_of_readers(view: View) -> View:
    """A button that directors may press, too."""
    return login_required_keeping(back_to=_home)(require_POST(_guarded(view, may_read_desk)))


def overdue() -> Q:
    return ~Q(state__in=ConnectionRequest.ENDED) & Q(due_on__lt=clock.today())


def desk_context(request: HttpRequest, current: str, **more: Any) -> dict[str, Any]:
    """The frame of a desk screen: tabs with their counts in two queries, rights, the way here."""
    wanted = {**TABS, "overdue": overdue()}
    counts: dict[str, int] = ConnectionRequest.objects.aggregate(
        **{
            f"in_{name}": Count("pk", filter=condition)
            for name, condition in wanted.items()
            if name not in {"needs", "closed"}
        }
    )
    needs = Need.objects.open().aggregate(
        open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=clock.today()))
    )
    counts["in_needs"] = needs["open"]
    counts["in_overdue"] += needs["late"]
    titles = {
        "new": _("New"),
        "waiting": _("Waiting for the owner"),
        "overdue": _("Overdue"),
        "negotiating": _("Negotiating"),
        "needs": _("Needs"),
        "closed": _("Closed"),
    }
    home = reverse("techmart_desk:home")
    return {
        "tabs": [
            {
                "title": title,
                "url": f"{home}?tab={name}",
                "current": name == current,
                "count": counts.get(f"in_{name}"),
            }
            for name, title in titles.items()
        ]
        + [
            {
                "title": title,
                "url": reverse(f"techmart_desk:{name}"),
                "current": name == current,
                "count": None,
            }
            for name, title in (("outcomes", _("Outcomes")), ("numbers", _("Numbers")))
        ],
        "may_run": bool(may_run_desk(request.user)),
        "may_enter": bool(may_enter_needs(request.user)),
        "today": clock.today(),
        "crumbs": [
            {"title": _("My work"), "url": reverse("workspace:home")},
            {"title": _("Connection desk"), "url": home},
        ],
        **more,
    }


def said_or_refused(request: HttpRequest, verb: Callable[[], Any], done: str) -> bool:
    """Do it and say so, or say why not; answer whether it was done."""
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done)
    return True


def refuse(form: Any, refused: Refused) -> None:
    """Put a refusal at the field it belongs to."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
