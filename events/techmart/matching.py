"""What a saved search means: the catalogue's parameters, and the offers that answer to them."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import QuerySet
from django.http import QueryDict

from events.techmart.models import Offer, Term
from events.techmart.presenting import facets as narrowing
from events.techmart.presenting.catalogue import FACETS
from events.techmart.presenting.finding import held, read
from portal.core.models import AdministrativeUnit
from portal.core.text import key_from

Parameters = Mapping[str, Sequence[str]]

WORDS = "q"
KNOWN = (WORDS, *(facet.name for facet in FACETS))


def normalised(given: Parameters) -> dict[str, list[str]]:
    """What of it is known, in one fixed order; a value that means nothing is left out.

    Two addresses that ask the same answer the same. One query for the words, one for communes.
    """
    kept: dict[str, list[str]] = {}
    if text := read(_words(given)).text:
        kept[WORDS] = [text]
    asked = narrowing.asked_of(FACETS, _as_query(given))
    kept |= {facet.name: sorted(asked[facet.name]) for facet in FACETS if facet.name in asked}
    return kept


def offers_matching(parameters: Parameters) -> QuerySet[Offer]:
    """The public offers that answer to all of it; of several values of one parameter any counts.

    What only comes near the words is no match: a letter must not cry wolf.
    """
    found = held(read(_words(parameters)))
    public: QuerySet[Offer] = Offer.objects.public()
    if found.nearest:
        return public.none()
    asked = {facet.name: tuple(parameters.get(facet.name, ())) for facet in FACETS}
    return narrowing.fitting(FACETS, public.filter(found.wanted), asked)


def described(several: Sequence[Parameters]) -> list[str]:
    """Each in words, for lists: "nước thải · Môi trường · TRL 7". Two queries for all of them."""
    slugs = {
        one
        for given in several
        for facet in FACETS
        if facet.list
        for one in given.get(facet.name, ())
    }
    terms = Term.objects.filter(slug__in=slugs) if slugs else ()
    labels = {(term.list, term.slug): str(term) for term in terms}
    keys = {
        key
        for given in several
        for facet in FACETS
        if facet.is_unit
        for one in given.get(facet.name, ())
        if (key := key_from(one))
    }
    units = AdministrativeUnit.objects.filter(pk__in=keys) if keys else ()
    names = {str(unit.pk): unit.full_name for unit in units}
    return [" · ".join(_words_of(given, labels, names)) for given in several]


def _words_of(
    given: Parameters, labels: Mapping[tuple[str, str], str], units: Mapping[str, str]
) -> Iterator[str]:
    yield from given.get(WORDS, ())
    for facet in FACETS:
        for one in given.get(facet.name, ()):
            if facet.list:
                yield labels.get((facet.list, one), one)
            elif facet.is_unit:
                yield units.get(one, one)
            elif one in facet.values:
                yield str(facet.values[one])


def _words(given: Parameters) -> str:
    return next(iter(given.get(WORDS, ())), "")


def _as_query(given: Parameters) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in given.items():
        query.setlist(name, list(values))
    return query
