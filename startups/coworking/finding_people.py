"""Whom the front desk books for: people by name, email, phone or the name of their organisation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from portal.accounts.models import Membership, Organisation, User
from portal.core.text import fold

MOST = 20
LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A person, and the organisations that can be booked for in the person's name."""

    person: User
    organisations: Sequence[Organisation]


def find(query: str) -> list[Found]:
    """At most `MOST` people; none for less than two letters. Two queries."""
    said = fold(query)
    if len(said) < LEAST_LETTERS:
        return []
    active = Membership.objects.filter(state=Membership.State.ACTIVE)
    theirs = active.select_related("organisation").order_by("organisation__folded_name")
    people = (
        User.objects.filter(_means(said, query), is_active=True)
        .prefetch_related(Prefetch("memberships", theirs, to_attr="standing"))
        .order_by("sort_key", "pk")
        .distinct()[:MOST]
    )
    return [
        Found(person, [membership.organisation for membership in person.standing])
        for person in people
    ]


def _means(said: str, query: str) -> Q:
    named, organised = Q(), Q()
    for word in said.split():
        named &= Q(folded_name__contains=word)
        organised &= Q(organisation__folded_name__contains=word)
    organised |= Q(organisation__tax_code=said)
    members = Membership.objects.filter(organised, state=Membership.State.ACTIVE)
    wanted = named | Q(email__icontains=query.strip()) | Q(pk__in=members.values("user"))
    digits = re.sub(r"\D", "", said).removeprefix("84").lstrip("0")
    if len(digits) > 3 and not re.search(r"[a-z]", said):
        wanted |= Q(phone__contains=digits)
    return wanted


def account_of(person_id: int | None, organisation_id: int | None) -> Found | None:
    """The person of an address, with the one organisation it names; None when they do not fit."""
    person = User.objects.filter(pk=person_id, is_active=True).first() if person_id else None
    if person is None:
        return None
    if organisation_id is None:
        return Found(person, [])
    membership = (
        Membership.objects.filter(
            user=person, organisation=organisation_id, state=Membership.State.ACTIVE
        )
        .select_related("organisation")
        .first()
    )
    return Found(person, [membership.organisation]) if membership else None
