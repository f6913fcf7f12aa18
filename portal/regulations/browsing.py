"""The public list: what may be asked of it, in words of the address, and what it then shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.utils.functional import Promise

from portal.core.text import vietnamese_order
from portal.regulations.models.documents import (
    OfficialDocument,
    OfficialDocumentQuerySet,
    Relation,
    Standing,
)
from portal.regulations.models.vocabularies import DocumentKind, Issuer, Vocabulary
from portal.search.finding import Query, read_query
from portal.search.synonyms import holding

_WORD = ("pk", "label", "label_en", "slug", "order")
Word = TypeVar("Word", bound=Vocabulary)


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: only what a published document has."""

    kinds: Sequence[DocumentKind]
    issuers: Sequence[Issuer]
    years: Sequence[int]


def choices() -> Choices:
    """Kinds, issuers and years of published documents, in one query."""
    public = OfficialDocument.objects.published().order_by()
    columns = [f"{part}__{name}" for part in ("kind", "issuer") for name in _WORD]
    told = list(public.values_list("issued_on__year", *columns).distinct())
    cut = 1 + len(_WORD)
    return Choices(
        kinds=_in_order(DocumentKind(*row) for row in {row[1:cut] for row in told}),
        issuers=_in_order(Issuer(*row) for row in {row[cut:] for row in told}),
        years=sorted({row[0] for row in told}, reverse=True),
    )


def _in_order(words: Iterable[Word]) -> list[Word]:
    return sorted(words, key=lambda word: (word.order, vietnamese_order(word.label)))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked for; what nobody offered counts as not asked."""

    query: Query
    kind: DocumentKind | None = None
    issuer: Issuer | None = None
    year: int | None = None
    standing: Standing | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str], offered: Choices) -> "Filters":
        kind, issuer = asked.get("loai", ""), asked.get("co-quan", "")
        year, standing = asked.get("nam", ""), asked.get("hieu-luc", "")
        return cls(
            query=read_query(asked.get("q", "")),
            kind=next((one for one in offered.kinds if one.slug == kind), None),
            issuer=next((one for one in offered.issuers if one.slug == issuer), None),
            year=next((one for one in offered.years if str(one) == year), None),
            standing=next((one for one in Standing if one.slug == standing), None),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as parameters, always in this order."""
        asked = [
            ("q", self.query.text),
            ("loai", self.kind.slug if self.kind else ""),
            ("co-quan", self.issuer.slug if self.issuer else ""),
            ("nam", str(self.year or "")),
            ("hieu-luc", self.standing.slug if self.standing else ""),
        ]
        return [(name, value) for name, value in asked if value]

    def apply(self, documents: OfficialDocumentQuerySet) -> OfficialDocumentQuerySet:
        """Narrow `documents`, which know their standing."""
        wanted: dict[str, Any] = {"kind": self.kind, "issuer": self.issuer}
        found = documents.filter(**{name: value for name, value in wanted.items() if value})
        if self.year:
            found = found.filter(issued_on__year=self.year)
        if self.standing:
            found = found.filter(standing=self.standing)
        return with_words(found, self.query)


def with_words(documents: OfficialDocumentQuerySet, query: Query) -> OfficialDocumentQuerySet:
    """Documents with every word of the query, or a synonym of it; accents apart."""
    if query.text and not query.words:
        return documents.none()
    return documents.filter(holding(query.terms, "folded_text"))


def address_of(url: str, filters: Filters, page: int) -> str:
    """The one address of this part of the list, whatever else stood in the query."""
    pairs = filters.pairs() + ([("page", str(page))] if page > 1 else [])
    return f"{url}?{urlencode(pairs)}" if pairs else url


@dataclass(frozen=True, slots=True)
class Related:
    """One kind of relation, from this or from the other side, with the documents there."""

    kind: Relation.Kind
    inverse: bool
    documents: Sequence[OfficialDocument]

    @property
    def label(self) -> "str | Promise":
        return self.kind.inverse if self.inverse else self.kind.label


def related_to(document: OfficialDocument) -> list[Related]:
    """Published documents related to this one: what it does first, then what is done to it."""
    public = OfficialDocument.objects.published()
    ends = ("document__kind", "other__kind")
    own = Relation.objects.filter(document=document, other__in=public).select_related(*ends)
    from_others = Relation.objects.filter(other=document, document__in=public)
    found: dict[tuple[bool, str], list[OfficialDocument]] = {}
    for relation in own:
        found.setdefault((False, relation.kind), []).append(relation.other)
    for relation in from_others.select_related(*ends):
        found.setdefault((True, relation.kind), []).append(relation.document)
    return [
        Related(kind, inverse, found[inverse, kind.value])
        for inverse in (False, True)
        for kind in Relation.Kind
        if (inverse, kind.value) in found
    ]
