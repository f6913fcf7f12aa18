"""What a mark may be, and writing marks together with their history."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.calls.models import Criterion
from competitions.judging.models import Mark, MarkChange, Scorecard
from portal.accounts.models import User
from portal.core import clock
from portal.core.templatetags.portal import decimal_comma
from portal.core.verdicts import Refused


@dataclass(frozen=True)
class Change:
    """One criterion's mark before and after; None is "no mark"."""

    criterion_id: int
    old: Decimal | None
    new: Decimal | None


def mark_problem(criterion: Criterion, value: Decimal) -> str:
    """Why `value` cannot be a mark for this criterion; "" when it can.

    The highest mark is allowed even when it is no multiple of the step.
    """
    if not value.is_finite() or not 0 <= value <= criterion.maximum:
        return _("Enter a number from 0 to %(maximum)s.") % {
            "maximum": decimal_comma(criterion.maximum)
        }
    if value % criterion.step and value != criterion.maximum:
        return _("Marks go in steps of %(step)s.") % {"step": decimal_comma(criterion.step)}
    return ""


def require_marks(criteria: Mapping[int, Criterion], marks: Mapping[int, Decimal | None]) -> None:
    """Raise Refused (foreign_criterion, bad_marks) unless every value may be kept."""
    if set(marks) - set(criteria):
        raise Refused(_("This criterion does not belong to the round."), code="foreign_criterion")
    problems: dict[str, str | Promise] = {
        f"mark-{pk}": problem
        for pk, value in marks.items()
        if value is not None and (problem := mark_problem(criteria[pk], value))
    }
    if problems:
        count = len(problems)
        raise Refused(
            ngettext("%(count)s mark cannot be kept.", "%(count)s marks cannot be kept.", count)
            % {"count": count},
            code="bad_marks",
            details=problems,
        )


def changes_of(card: Scorecard, marks: Mapping[int, Decimal | None]) -> list[Change]:
    """What `marks` would change on this sheet."""
    before = dict(card.marks.values_list("criterion_id", "value"))
    return [
        Change(criterion_id, before.get(criterion_id), value)
        for criterion_id, value in marks.items()
        if before.get(criterion_id) != value
    ]


def write(card: Scorecard, changes: list[Change], by: User) -> None:
    """Write the changes and keep them for ever, inside the caller's transaction."""
    for change in changes:
        if change.new is None:
            card.marks.filter(criterion_id=change.criterion_id).delete()
        else:
            Mark.objects.update_or_create(
                scorecard=card, criterion_id=change.criterion_id, defaults={"value": change.new}
            )
    now = clock.now()
    MarkChange.objects.bulk_create(
        MarkChange(
            scorecard=card,
            criterion_id=change.criterion_id,
            old=change.old,
            new=change.new,
            changed_by=by,
            changed_at=now,
        )
        for change in changes
    )
