"""Finding conflicts of interest between judges and entries, in a fixed number of queries.

What is found blocks an assignment (own team, own organisation) or warns the officer (an email
address of the same domain, which many people of a large institute share).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from competitions.entries.models import Entry, TeamMember
from competitions.judging.models import ConflictOfInterest
from portal.accounts.models import Membership, User

Kind = ConflictOfInterest.Kind
BLOCKING = frozenset({Kind.OWN_TEAM, Kind.SAME_ORGANISATION})
# Domains at which anybody can have an address: sharing one says nothing. The last is where the
# demonstration's invented people live.
PUBLIC_MAIL_DOMAINS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mail.com",
        "me.com",
        "msn.com",
        "outlook.com",
        "outlook.com.vn",
        "proton.me",
        "protonmail.com",
        "yahoo.com",
        "yahoo.com.vn",
        "ymail.com",
        "zoho.com",
        "demo.example",
    }
)
Found = dict[tuple[int, int], list[Kind]]


def conflicts_found(users: Iterable[User], entries: Sequence[Entry]) -> Found:
    """Kinds of conflict by (user id, entry id); pairs without one are left out. Two queries.

    `entries` should come with `organisation` and `captain` selected.
    """
    people = list(users)
    organisations = _organisations_of(people)
    teams = _teams_of(entries)
    found: Found = {}
    for user in people:
        for entry in entries:
            kinds = _kinds(user, entry, organisations[user.pk], teams[entry.pk])
            if kinds:
                found[user.pk, entry.pk] = kinds
    return found


def conflicts_between(user: User, entry: Entry) -> list[Kind]:
    """Kinds of conflict the portal sees between one judge and one entry."""
    return conflicts_found([user], [entry]).get((user.pk, entry.pk), [])


def blocks(kinds: Iterable[Kind]) -> bool:
    """Does one of these kinds make an assignment impossible?"""
    return not BLOCKING.isdisjoint(kinds)


def mail_domain(address: str) -> str:
    """The domain of an address, or nothing when anybody can have one there."""
    domain = address.rpartition("@")[2].strip().lower()
    return "" if domain in PUBLIC_MAIL_DOMAINS else domain


def _organisations_of(users: Sequence[User]) -> dict[int, set[int]]:
    held: dict[int, set[int]] = defaultdict(set)
    active = Membership.objects.filter(user__in=users, state=Membership.State.ACTIVE)
    for user_id, organisation_id in active.values_list("user_id", "organisation_id"):
        held[user_id].add(organisation_id)
    return held


def _teams_of(entries: Sequence[Entry]) -> dict[int, list[TeamMember]]:
    teams: dict[int, list[TeamMember]] = defaultdict(list)
    for member in TeamMember.objects.filter(entry__in=entries).only("entry_id", "user_id", "email"):
        teams[member.entry_id].append(member)
    return teams


def _kinds(user: User, entry: Entry, held: set[int], team: list[TeamMember]) -> list[Kind]:
    kinds = []
    address = user.email.lower()
    if entry.captain_id == user.pk or any(
        member.user_id == user.pk or member.email.lower() == address for member in team
    ):
        kinds.append(Kind.OWN_TEAM)
    if entry.organisation_id in held:
        kinds.append(Kind.SAME_ORGANISATION)
    domain = mail_domain(address)
    if domain and domain in _domains(entry, team):
        kinds.append(Kind.SAME_DOMAIN)
    return kinds


def _domains(entry: Entry, team: list[TeamMember]) -> set[str]:
    addresses = [entry.captain.email, *(member.email for member in team)]
    if entry.organisation:
        addresses.append(entry.organisation.email)
    return {mail_domain(address) for address in addresses if address}
