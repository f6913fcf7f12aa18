"""What waits, about trust: records to confirm for owners; reports and changes for officers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.techmart.confirming import lead
from events.techmart.models import Expert, ProblemReport
from events.techmart.models.shared import confirmed_for
from events.techmart.permissions import may_answer_reports
from events.techmart.writing import STANDINGS
from portal.accounts.models import Membership
from portal.core import clock
from portal.core.extension_points import Task

if TYPE_CHECKING:
    from portal.accounts.models import User


def tasks_for(user: "User") -> Sequence[Task]:
    """For "Việc của tôi"."""
    return [*_to_confirm(user), *(_for_officers() if may_answer_reports(user) else [])]


def _to_confirm(user: "User") -> list[Task]:
    """One task for all that is near its end or past it. Four queries."""
    near = clock.now() - confirmed_for() + lead()
    owned = Q(
        organisation__memberships__user=user,
        organisation__memberships__role=Membership.Role.OWNER,
        organisation__memberships__state=Membership.State.ACTIVE,
    )
    count, first = 0, None
    for model, standings in STANDINGS.items():
        theirs = Q(person=user) if model is Expert else owned
        found = standings._base_manager.filter(
            theirs, record__live=True, closed_at__isnull=True, last_confirmed_at__lte=near
        )
        days = list(found.values_list("last_confirmed_at", flat=True))
        count += len(days)
        first = min([*days, first] if first else days, default=None)
    if first is None:
        return []
    due = first + confirmed_for()
    words = ngettext(
        "Is it still true? %(count)s record in the market",
        "Is it still true? %(count)s records in the market",
        count,
    )
    return [
        Task(
            title=words % {"count": count},
            detail=_("Readers trust what was confirmed lately; what nobody confirms is hidden."),
            url=reverse("techmart:confirm"),
            action=_("Confirm"),
            group=_("Technology market"),
            due=due,
            urgent=due <= clock.now(),
            count=count,
        )
    ]


def _for_officers() -> list[Task]:
    tasks = []
    waiting = list(ProblemReport.objects.waiting().values_list("sent_at", flat=True))
    if waiting:
        words = ngettext(
            "%(count)s report of a reader waits", "%(count)s reports of readers wait", len(waiting)
        )
        tasks.append(
            Task(
                title=words % {"count": len(waiting)},
                detail=_("Somebody says that a public record is wrong."),
                url=reverse("techmart_trust:problems"),
                action=_("Open the inbox"),
                group=_("Technology market"),
                count=len(waiting),
            )
        )
    changed = 0
    for standings in STANDINGS.values():
        changed += standings._base_manager.filter(
            facts_changed_at__isnull=False, record__live=True
        ).count()
    if changed:
        words = ngettext(
            "%(count)s record was changed after its check",
            "%(count)s records were changed after their check",
            changed,
        )
        tasks.append(
            Task(
                title=words % {"count": changed},
                detail=_("The level stays, with a note to readers, until you look again."),
                url=reverse("techmart_trust:changed"),
                action=_("Look again"),
                group=_("Technology market"),
                count=changed,
            )
        )
    return tasks
