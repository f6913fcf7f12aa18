"""Saved searches: keeping them, and one letter a day or a week with what is new in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from events.techmart import trust_telling
from events.techmart.confirming import morning
from events.techmart.matching import KNOWN, Parameters, normalised, offers_matching
from events.techmart.models import MarketPage, SavedSearch
from events.techmart.models.trust import MAX_QUERY
from portal.core import clock
from portal.core.text import clean_line
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST = 20
"""Searches that one person keeps."""
NAMED = 10
"""Offers that a letter names for each search; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is new in a search."""

    count: int
    lines: Sequence[tuple[str, str]]
    """Name and whole address of each; the address is empty while the market has no page."""
    url: str


def read_parameters(query: str) -> dict[str, list[str]]:
    """A query string as the catalogue understands it; what it does not know is left out."""
    return normalised(_parsed(query))


def parameters_of(search: SavedSearch) -> dict[str, list[str]]:
    """What a saved search asks. A word that has gone since finds nothing, rather than all."""
    return _parsed(search.query)


def _parsed(query: str) -> dict[str, list[str]]:
    given = QueryDict(query[:4000].lstrip("?"))
    return {name: values for name in KNOWN if (values := given.getlist(name))}


def canonical(parameters: Parameters) -> str:
    """One spelling for each search, to keep and to compare."""
    data = QueryDict(mutable=True)
    for name in KNOWN:
        if values := parameters.get(name):
            data.setlist(name, list(values))
    return data.urlencode()


def save(person: "User", name: str, query: str, every: str) -> SavedSearch:
    """Keep a search. The same search once more changes its name and rhythm and takes it up again.

    Raises Refused: it asks for nothing ("nothing_asked"), no name ("no_name"), too many.
    """
    parameters = read_parameters(query)
    said = clean_line(name)[:120]
    kept = canonical(parameters)
    if not parameters or len(kept) > MAX_QUERY:
        raise Refused(
            _("Search for something first: a word, a field, a crop. Then save the search."),
            code="nothing_asked",
        )
    if not said:
        raise Refused(_("Give the search a name."), code="no_name", field="name")
    rhythm = SavedSearch.Every(every)
    try:
        with transaction.atomic():
            return _kept(person, said, kept, rhythm)
    except IntegrityError:  # a second tab was quicker
        with transaction.atomic():
            return _kept(person, said, kept, rhythm)


def _kept(person: "User", name: str, query: str, every: str) -> SavedSearch:
    theirs = SavedSearch.objects.filter(person=person)
    there = theirs.filter(query=query).first()
    if there is not None:
        if there.stopped_at is not None:
            there.looked_at = clock.now()
        there.name, there.every, there.stopped_at = name, every, None
        there.save()
        return there
    if theirs.count() >= MOST:
        raise Refused(
            _("You keep %(most)s searches already. Delete one that you no longer need.")
            % {"most": MOST},
            code="too_many",
        )
    now = clock.now()
    return SavedSearch.objects.create(
        person=person, name=name, query=query, every=every, created_at=now, looked_at=now
    )


def stop(searches: Sequence[SavedSearch]) -> int:
    """No more letters about these; they stay in the list. Answers how many were still on."""
    keys = [one.pk for one in searches]
    running = SavedSearch.objects.filter(pk__in=keys, stopped_at__isnull=True)
    return running.update(stopped_at=clock.now())


def resume(search: SavedSearch) -> None:
    """Letters again, about what is new from now on."""
    stopped = SavedSearch.objects.filter(pk=search.pk, stopped_at__isnull=False)
    stopped.update(stopped_at=None, looked_at=clock.now())


def forget(search: SavedSearch) -> None:
    search.delete()


# The clock ------------------------------------------------------------------------------------


def monday(now: datetime) -> datetime:
    """The last Monday morning."""
    at = morning(now)
    return at - timedelta(days=timezone.localtime(at).weekday())


def send(now: datetime) -> int:
    """One letter for each person with something new in a search that is due. Answers how many."""
    daily, weekly = morning(now), monday(now)
    due = SavedSearch.objects.filter(
        Q(every=SavedSearch.Every.DAY, looked_at__lt=daily)
        | Q(every=SavedSearch.Every.WEEK, looked_at__lt=weekly),
        stopped_at__isnull=True,
        person__is_active=True,
    ).select_related("person")
    by_person: dict[int, list[SavedSearch]] = defaultdict(list)
    for search in due.order_by("person", "name", "pk"):
        by_person[search.person_id].append(search)
    return sum(_write_to(searches, daily, weekly) for searches in by_person.values())


def _write_to(searches: Sequence[SavedSearch], daily: datetime, weekly: datetime) -> bool:
    person = searches[0].person
    found = []
    with transaction.atomic():
        for search in searches:
            until = daily if search.every == SavedSearch.Every.DAY else weekly
            unchanged = SavedSearch.objects.filter(
                pk=search.pk, looked_at=search.looked_at, stopped_at__isnull=True
            )
            if not unchanged.update(looked_at=until):
                continue
            if (new := _new_in(search, until, person.language)).count:
                found.append((search, new))
        if found:
            trust_telling.new_matches(person, found)
    return bool(found)


def _new_in(search: SavedSearch, until: datetime, language: str) -> Found:
    """Public for the first time since the last look."""
    matching = offers_matching(parameters_of(search)).filter(
        first_published_at__gt=search.looked_at, first_published_at__lte=until
    )
    count = matching.count()
    if not count:
        return Found(0, [], "")
    page = MarketPage.public_in(language) or MarketPage.public_in("vi")
    base = page.full_url if page else ""
    named = matching.select_related("standing").order_by("-first_published_at", "pk")[:NAMED]
    lines = []
    for offer in named:
        title = (language == "en" and offer.title_en) or offer.title
        url = page.address_of("offer", offer.standing.slug, base) if page else ""
        lines.append((title, url))
    return Found(count, lines, _catalogue(page, base, search.query))


def _catalogue(page: MarketPage | None, base: str, query: str) -> str:
    return f"{page.list_address('offers', base)}?{query}" if page else ""
