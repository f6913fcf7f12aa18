"""Narrowing a list by what stands in the address, and how many records each answer would leave.

Each list says its facets as columns; the counts of all of them, and the total, are one query.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.http import QueryDict
from django.utils.functional import Promise

from events.techmart.models import Term
from portal.core.languages import said
from portal.core.models import AdministrativeUnit
from portal.core.text import key_from

TOTAL = ""
MOST_VALUES = 20
"""Answers of one facet that one address may name."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One question. `path` leads to a word of the market, to a commune, or is told by `values`."""

    name: str
    label: str | Promise
    path: str
    list: str = ""
    """For words of the market: which list."""
    levels: bool = False
    """A word stands for those that are part of it, too."""
    is_unit: bool = False
    besides: Q | None = None
    """Records that do not answer: who finds them by this would learn what they do not say."""
    values: Mapping[str, str | Promise] = field(default_factory=dict)
    told: Callable[[], Any] | None = None
    """The expression that answers, where `path` is no column."""

    def answer(self) -> Any:
        return self.told() if self.told else F(self.path)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool
    foreign: bool = False
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet before the reader."""

    name: str
    label: str | Promise
    options: Sequence[Option]
    is_unit: bool

    @property
    def chosen(self) -> bool:
        return any(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """An answer that was chosen, and the address without it."""

    label: str
    url: str
    foreign: bool = False


Asked = Mapping[str, tuple[str, ...]]
Counted = Sequence[tuple[str, str, str, str, int, str, int]]
"""(facet, value, label, label in English, order, value it is part of, how many)."""


def asked_of(facets: Sequence[Facet], parameters: QueryDict) -> dict[str, tuple[str, ...]]:
    """The answers that exist; others count as not asked. At most two queries."""
    given = {one.name: _given(parameters, one.name) for one in facets}
    words = [(one.list, v) for one in facets if one.list for v in given[one.name]]
    known: set[tuple[str, str]] = set()
    if words:
        lists, slugs = zip(*words, strict=True)
        found = Term.objects.filter(list__in=set(lists), slug__in=set(slugs))
        known = set(found.values_list("list", "slug"))
    keys = {key for f in facets if f.is_unit for v in given[f.name] if (key := key_from(v))}
    units = (
        {
            str(pk)
            for pk in AdministrativeUnit.objects.filter(pk__in=keys).values_list("pk", flat=True)
        }
        if keys
        else set()
    )
    asked = {}
    for one in facets:
        values = tuple(
            value
            for value in given[one.name]
            if (
                (one.list, value) in known
                if one.list
                else value in (units if one.is_unit else one.values)
            )
        )
        if values:
            asked[one.name] = values
    return asked


def _given(parameters: QueryDict, name: str) -> list[str]:
    return [v for v in dict.fromkeys(parameters.getlist(name)[:MOST_VALUES]) if v and "\0" not in v]


def fitting(
    facets: Sequence[Facet], records: QuerySet[Any], asked: Asked, *, besides: str = ""
) -> QuerySet[Any]:
    """The records that give one of the chosen answers to each question but `besides`."""
    for one in facets:
        values = asked.get(one.name)
        if values and one.name != besides:
            records = _narrowed(one, records, values)
    return records


def _narrowed(facet: Facet, records: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    if facet.list:
        wanted = Q((f"{facet.path}__slug__in", values))
        if facet.levels:
            wanted |= Q((f"{facet.path}__parent__slug__in", values))
        # Asked of each record: several words of one record must not make it several records, and
        # what few of them hold is not sought among all.
        same = records.model._base_manager.filter(wanted, pk=OuterRef("pk"))
        return records.filter(Exists(same))
    if facet.is_unit:
        held = Q((f"{facet.path}__in", [int(value) for value in values]))
        return records.filter(held if facet.besides is None else held & facet.besides)
    if facet.told:
        name = f"told_{facet.name.replace('-', '_')}"
        return records.alias(**{name: facet.told()}).filter(**{f"{name}__in": values})
    return records.filter(**{f"{facet.path}__in": values})


def counted(facets: Sequence[Facet], records: QuerySet[Any], asked: Asked) -> Counted:
    """How many records fit each answer, the other questions staying as asked; one query."""
    total = _rows(fitting(facets, records, asked), TOTAL, _text(""))
    parts = []
    for one in facets:
        fit = fitting(facets, records, asked, besides=one.name)
        if one.list:
            parts += _words(one, fit)
        elif one.is_unit:
            fit = fit.filter(one.besides) if one.besides is not None else fit
            name = f"{one.path.removesuffix('_id')}__full_name"
            given = fit.filter(**{f"{one.path}__isnull": False})
            parts.append(_rows(given, one.name, Cast(F(one.path), CharField()), label=F(name)))
        else:
            parts.append(_rows(fit, one.name, Cast(one.answer(), CharField())))
    return list(total.union(*parts, all=True))


def _words(facet: Facet, records: QuerySet[Any]) -> list[Any]:
    path = facet.path
    given = records.filter(**{f"{path}__isnull": False})

    def rows(at: str, part_of: Any, some: QuerySet[Any]) -> Any:
        return _rows(
            some,
            facet.name,
            Cast(F(f"{at}__slug"), CharField()),
            label=F(f"{at}__label"),
            label_en=F(f"{at}__label_en"),
            order=F(f"{at}__order"),
            part_of=part_of,
        )

    if not facet.levels:
        return [rows(path, _text(""), given)]
    # A word of the upper level counts those of its parts, each record once.
    upper = f"{path}__parent"
    columns = {
        name: Coalesce(F(f"{upper}__{name}"), F(f"{path}__{name}"))
        for name in ("slug", "label", "label_en", "order")
    }
    whole = _rows(
        given,
        facet.name,
        Cast(columns["slug"], CharField()),
        label=columns["label"],
        label_en=columns["label_en"],
        order=columns["order"],
    )
    parts = rows(path, F(f"{upper}__slug"), given.filter(**{f"{upper}__isnull": False}))
    return [whole, parts]


def _text(value: str) -> Any:
    return Cast(Value(value), CharField())


def _rows(
    records: QuerySet[Any],
    name: str,
    value: Any,
    *,
    label: Any = None,
    label_en: Any = None,
    order: Any = None,
    part_of: Any = None,
) -> Any:
    columns = {
        "f_facet": _text(name),
        "f_value": value,
        "f_label": Cast(label, CharField()) if label is not None else _text(""),
        "f_label_en": Cast(label_en, CharField()) if label_en is not None else _text(""),
        "f_order": Cast(order if order is not None else Value(0), IntegerField()),
        "f_part_of": Cast(part_of, CharField()) if part_of is not None else _text(""),
    }
    grouped = records.order_by().annotate(**columns).values(*columns)
    return grouped.annotate(f_count=Count("pk", distinct=True)).values_list(*columns, "f_count")


def total_of(rows: Counted) -> int:
    return next((row[-1] for row in rows if row[0] == TOTAL), 0)


def choices(facets: Sequence[Facet], rows: Counted, asked: Asked) -> list[Choice]:
    """What can be chosen: answers that somebody gives, and those that were chosen."""
    found = []
    for one in facets:
        mine = [row for row in rows if row[0] == one.name and row[1]]
        options = _options(one, mine, asked.get(one.name, ()))
        if options:
            found.append(Choice(one.name, one.label, options, one.is_unit))
    return found


def _options(facet: Facet, rows: Counted, chosen: Sequence[str]) -> list[Option]:
    if facet.values:
        counts = {row[1]: row[-1] for row in rows}
        return [
            Option(value, str(label), counts.get(value, 0), value in chosen)
            for value, label in facet.values.items()
            if value in counts or value in chosen
        ]
    options = []
    upper = sorted((row for row in rows if not row[5]), key=lambda row: (row[4], row[2]))
    for row in upper:
        parts = sorted((r for r in rows if r[5] == row[1]), key=lambda r: (r[4], r[2]))
        for one in (row, *parts):
            label = said(one[2], one[3])
            options.append(
                Option(one[1], label.text, one[6], one[1] in chosen, label.foreign, bool(one[5]))
            )
    return options


def pairs_of(asked: Asked) -> list[tuple[str, str]]:
    return [(name, value) for name, values in asked.items() for value in values]


def address(url: str, pairs: Sequence[tuple[str, str]]) -> str:
    return f"{url}?{urlencode(pairs)}" if pairs else url


def chips(
    offered: Sequence[Choice], asked: Asked, url: str, others: Sequence[tuple[str, str]]
) -> list[Chip]:
    """Each chosen answer, removable. One that nobody gives any more is named by its address."""
    pairs = pairs_of(asked)
    labels = {(c.name, o.value): (o.label, o.foreign) for c in offered for o in c.options}
    found = []
    for pair in pairs:
        label, foreign = labels.get(pair, (pair[1], False))
        rest = [one for one in pairs if one != pair]
        found.append(Chip(label, address(url, [*others, *rest]), foreign))
    return found
