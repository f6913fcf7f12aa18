"""Setting up what can be booked: several units at once, and the next version of the rules."""

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.core import auditing
from portal.core.text import clean_line
from portal.core.verdicts import Refused
from startups.coworking.models import HouseRules, Resource, Space, Unit
from startups.coworking.permissions import may_set_up_spaces

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_UNITS = 200


def labels_from(first: str, count: int) -> list[str]:
    """ "07" and 3 make 07, 08, 09; "A9" and 2 make A9, A10; a label without a number gets one."""
    found = re.search(r"\d+$", first)
    if count == 1:
        return [first]
    if found is None:
        return [f"{first} {number}".strip() for number in range(1, count + 1)]
    stem, width = first[: found.start()], len(found[0])
    begin = int(found[0])
    return [f"{stem}{number:0{width}d}" for number in range(begin, begin + count)]


def add_units(resource: Resource, first: str, count: int, *, by: "User") -> list[Unit]:
    """Add `count` identical units, labelled on from `first`.

    Raises `Refused` when a label is there already, or for more than `MOST_UNITS` at once.
    """
    may_set_up_spaces(by).require()
    if not 1 <= count <= MOST_UNITS:
        raise Refused(
            _("Add between 1 and %(most)s at once.") % {"most": MOST_UNITS},
            code="count",
            field="count",
        )
    labels = labels_from(clean_line(first), count)
    if any(len(label) > 20 for label in labels):
        raise Refused(_("A label has at most 20 letters."), code="long", field="label")
    with transaction.atomic():
        Resource.objects.select_for_update().values_list("pk").get(pk=resource.pk)
        there = set(resource.units.filter(label__in=labels).values_list("label", flat=True))
        if there:
            raise Refused(
                _("There is already: %(labels)s.") % {"labels": ", ".join(sorted(there))},
                code="there",
                field="label",
            )
        last = resource.units.aggregate(last=Max("order"))["last"] or 0
        units = Unit.objects.bulk_create(
            [
                Unit(resource=resource, label=label, order=last + number)
                for number, label in enumerate(labels, start=1)
            ]
        )
        auditing.record("coworking.units_added", resource, user=by, labels=labels)
        return units


def next_version(space: Space) -> int:
    """The number of the next version of a space's rules."""
    return int(HouseRules.objects.filter(space=space).aggregate(n=Max("version"))["n"] or 0) + 1
