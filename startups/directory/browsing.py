"""The public list: what may be asked of it, and how many startups fit each answer.

A profile is reduced to the answers it gives to each parameter; who fits, and how many would fit
another answer, is then counted over plain values.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.extension_points import Award, providers
from portal.core.languages import said
from portal.search.finding import Query, read_query
from portal.search.synonyms import holding
from startups.directory.models import (
    Need,
    Recognition,
    Sector,
    Stage,
    StartupProfile,
    StartupProfileQuerySet,
)

SECTOR, STAGE, COMMUNE, NEED = "linh-vuc", "giai-doan", "dia-ban", "nhu-cau"
RECOGNISED, AWARDED = "cong-nhan", "giai-thuong"
PARAMETERS = (SECTOR, STAGE, COMMUNE, NEED, RECOGNISED, AWARDED)
YES = "co"
"""The one answer of a parameter that is a tick."""

LABELS: Mapping[str, str | Promise] = {
    SECTOR: _("Sector"),
    STAGE: _("Stage"),
    COMMUNE: _("Commune or ward"),
    NEED: _("Looking for"),
    RECOGNISED: _("Recognised by an authority"),
    AWARDED: _("Won an award"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """One public profile as the filters see it: what it answers to each parameter."""

    pk: int
    organisation_id: int
    of: Mapping[str, frozenset[str]]

    def fits(self, asked: Mapping[str, str], *, besides: str = "") -> bool:
        return all(value in self.of[name] for name, value in asked.items() if name != besides)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen, and how many profiles that would leave."""

    value: str
    label: str
    count: int
    chosen: bool
    foreign: bool = False
    """A Vietnamese word before an English reader."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One parameter with its answers; those that nobody gives are not offered."""

    name: str
    label: str | Promise
    options: Sequence[Option]
    is_tick: bool


@dataclass(frozen=True, slots=True)
class Browsing:
    """What a reader asked for, what fits, and what could be asked instead."""

    query: Query
    asked: Mapping[str, str]
    found: Sequence[Answers]
    facets: Sequence[Facet]

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as parameters, always in this order."""
        pairs = [("q", self.query.text)]
        pairs += [(name, self.asked.get(name, "")) for name in PARAMETERS]
        return [(name, value) for name, value in pairs if value]

    def address(self, url: str, page: int) -> str:
        """The one address of this part of the list, whatever else stood in the query."""
        pairs = self.pairs() + ([("page", str(page))] if page > 1 else [])
        return f"{url}?{urlencode(pairs)}" if pairs else url


def browse(parameters: Mapping[str, str]) -> Browsing:
    """Read the parameters of an address; an answer that nobody gives counts as not asked.

    Eight queries, however many profiles there are.
    """
    query = read_query(parameters.get("q", ""))
    words = _words()
    all_answers, communes = read_answers(with_words(StartupProfile.objects.public(), query))
    given = {name: frozenset().union(*(one.of[name] for one in all_answers)) for name in PARAMETERS}
    asked = {
        name: value
        for name in PARAMETERS
        if (value := parameters.get(name, "")) and value in given[name]
    }
    labels = {**words, COMMUNE: [(key, name, name) for key, name in communes]}
    return Browsing(
        query=query,
        asked=asked,
        found=[one for one in all_answers if one.fits(asked)],
        facets=[
            Facet(
                name=name,
                label=LABELS[name],
                options=_options(name, all_answers, asked, labels.get(name, _TICK), given[name]),
                is_tick=name in (RECOGNISED, AWARDED),
            )
            for name in PARAMETERS
            if given[name]
        ],
    )


Words = Sequence[tuple[str, str, str]]
"""(answer, its label, its label in English), in the order of the list."""
_TICK: Words = [(YES, "", "")]


def count(answers: Iterable[Answers], name: str, asked: Mapping[str, str]) -> dict[str, int]:
    """How many profiles fit each answer to `name`, the other parameters staying as asked."""
    found: dict[str, int] = {}
    for one in answers:
        if one.fits(asked, besides=name):
            for value in one.of[name]:
                found[value] = found.get(value, 0) + 1
    return found


def _options(
    name: str,
    answers: Sequence[Answers],
    asked: Mapping[str, str],
    words: Words,
    given: Collection[str],
) -> list[Option]:
    counts = count(answers, name, asked)
    options = []
    for value, vietnamese, english in words:
        if value in given:
            label = said(vietnamese, english)
            chosen = asked.get(name) == value
            options.append(Option(value, label.text, counts.get(value, 0), chosen, label.foreign))
    return options


def with_words(profiles: StartupProfileQuerySet, query: Query) -> StartupProfileQuerySet:
    """Profiles with every word of the query, or a synonym of it; accents apart."""
    if query.text and not query.words:
        return profiles.none()
    return profiles.filter(holding(query.terms, "folded_text"))


def read_answers(
    profiles: StartupProfileQuerySet,
) -> tuple[list[Answers], list[tuple[str, str]]]:
    """What these profiles answer, in the order of the list; and their communes by name."""
    columns = ("pk", "standing__organisation_id", "sector__slug", "stage__slug", "unit_id")
    rows = list(
        profiles.order_by("sort_key", "pk").values_list(
            *columns, "unit__full_name", "unit__folded_name"
        )
    )
    keys = profiles.order_by().values("pk")
    recognised = set(
        Recognition.objects.in_force().filter(profile__in=keys).values_list("profile", flat=True)
    )
    needs: dict[int, set[str]] = {}
    links = StartupProfile.needs.through.objects.filter(startupprofile__in=keys)
    for profile, need in links.values_list("startupprofile", "need__slug"):
        needs.setdefault(profile, set()).add(need)
    awards = awards_of([row[1] for row in rows])
    answers = []
    communes: dict[str, tuple[str, str]] = {}
    for pk, organisation, sector, stage, unit, unit_name, folded in rows:
        if unit:
            communes[str(unit)] = (folded, unit_name)
        answers.append(
            Answers(
                pk,
                organisation,
                {
                    SECTOR: frozenset({sector}),
                    STAGE: frozenset({stage}),
                    COMMUNE: frozenset({str(unit)} if unit else ()),
                    NEED: frozenset(needs.get(pk, ())),
                    RECOGNISED: frozenset({YES} if pk in recognised else ()),
                    AWARDED: frozenset({YES} if awards.get(organisation) else ()),
                },
            )
        )
    ordered = sorted(communes.items(), key=lambda pair: pair[1])
    return answers, [(key, name) for key, (_folded, name) in ordered]


def awards_of(organisation_ids: Collection[int]) -> dict[int, list[Award]]:
    """What other apps know to have been won, by organisation, the newest first."""
    found: dict[int, list[Award]] = {}
    if organisation_ids:
        for provide in providers("portal_awards"):
            for organisation, awards in provide(organisation_ids).items():
                found.setdefault(organisation, []).extend(awards)
    for awards in found.values():
        awards.sort(key=lambda award: award.day, reverse=True)
    return found


def _words() -> dict[str, Words]:
    columns = ("slug", "label", "label_en")
    return {
        SECTOR: list(Sector.objects.values_list(*columns)),
        STAGE: list(Stage.objects.values_list(*columns)),
        NEED: list(Need.objects.values_list(*columns)),
    }
