"""Which offers and demands belong together, and why, in words a reader can check.

Crop, sector and field count, and words of the title that both use ("nước thải"). Whose something
is never counts: an offer without a named owner must not betray it by the company it keeps.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from events.techmart.models import Demand, Offer
from portal.search.words import searchable

SHOWN = 4
READ = 200
"""So many of the newest that share a crop, a sector or a field are looked at; never all."""
WEIGHTS: Mapping[str, int] = {"crops": 5, "sectors": 3, "fields": 2}
WORDS_WEIGHT = 4
LEAST = 5
"""What is too little to belong together: a sector or a field alone."""
MOST_PAIRS = 12

# Pairs of words that every second title holds and that say nothing about the problem.
_EMPTY_PAIRS = frozenset(
    re.findall(
        r"\w+ \w+",
        """
        quy trinh, he thong, cong nghe, tu dong, ket hop, san xuat, thiet bi, day chuyen,
        phan mem, dich vu, su dung, ung dung, nang cao, giai phap, xu ly, che bien, san pham,
        nguyen lieu, tiet kiem, mo hinh, chuyen giao, nghien cuu, nong nghiep, tay ninh,
        rut ngan, kiem soat, dieu khien, thong tin, chat luong, hieu qua, cai tien, hop tac,
        kinh te, nha may, can tim
        """,
    )
)
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        cho cua trong bang tu va cac voi o tai co khi de lam theo moi mot vao ra khong bi duoc
        """,
    )
)


@dataclass(frozen=True, slots=True)
class Related:
    """A record that belongs to another, and what they share, for the reader."""

    record: Any
    reason: str


@dataclass(slots=True)
class _Shared:
    """What one candidate shares with the record."""

    terms: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    pairs: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        by_words = WORDS_WEIGHT * min(len(self.pairs), 2)
        return by_words + sum(WEIGHTS[name] * min(len(of), 2) for name, of in self.terms.items())


def similar_offers(offer: Offer) -> list[Related]:
    """Other public offers for the same crop, sector, field or problem, the nearest first."""
    return _related(offer, Offer)


def offers_for(demand: Demand) -> list[Related]:
    """Public offers that may answer a demand; none less ready than it asks for."""
    ready = Q()
    if demand.min_trl:
        ready = Q(trl__isnull=True) | Q(trl__gte=demand.min_trl)
    return _related(demand, Offer, ready)


def demands_for(offer: Offer) -> list[Related]:
    """Public demands that an offer may answer."""
    ready = Q()
    if offer.trl:
        ready = Q(min_trl__isnull=True) | Q(min_trl__lte=offer.trl)
    return _related(offer, Demand, ready)


def _related(record: Any, model: Any, besides: Q | None = None) -> list[Related]:
    """The same number of queries however many there are: no more than six."""
    own = {name: {term.pk: term for term in getattr(record, name).all()} for name in WEIGHTS}
    pairs = dict(_pairs(record.title))
    found: dict[int, _Shared] = defaultdict(_Shared)
    public = model.objects.public().filter(besides or Q())
    if isinstance(record, model):
        public = public.exclude(pk=record.pk)
    for name, terms in own.items():
        for pk, term in _sharing(public, model, name, list(terms)):
            found[pk].terms[name].append(terms[term])
    if not any(own.values()):
        for pk in _speaking_of(public, pairs):
            found[pk]
    texts = public.filter(pk__in=list(found)[: READ * len(WEIGHTS)])
    for pk, text in texts.values_list("pk", "folded_text"):
        found[pk].pairs = [said for folded, said in pairs.items() if f" {folded} " in text]
    # Without any words of the market the title's are all there is to go by.
    least = LEAST if any(own.values()) else WORDS_WEIGHT
    weighed = sorted(found, key=lambda pk: (-found[pk].weight, -pk))
    chosen = [pk for pk in weighed if found[pk].weight >= least][:SHOWN]
    rows = model.objects.public().filter(pk__in=chosen).select_related("unit", "standing")
    if model is Offer:
        rows = rows.select_related("stage").prefetch_related("references")
    records = {one.pk: one for one in rows}
    return [Related(records[pk], _reason(found[pk])) for pk in chosen if pk in records]


def _sharing(public: Any, model: Any, name: str, terms: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The newest public records that share one of these words, with the word."""
    if not terms:
        return
    through = getattr(model, name).through.objects.filter(term__in=terms)
    column = f"{model._meta.model_name}_id"
    newest = public.filter(pk__in=through.values(column)).order_by("-pk").values("pk")[:READ]
    yield from through.filter(**{f"{column}__in": newest}).values_list(column, "term_id")


def _speaking_of(public: Any, pairs: Mapping[str, str]) -> list[int]:
    """Public records whose words hold one of these pairs: for what came in without any words of
    the market, such as a demand of three fields.
    """
    if not pairs:
        return []
    spoken = Q()
    for pair in pairs:
        spoken |= Q(folded_text__contains=f" {pair} ")
    return list(public.filter(spoken).order_by("-pk").values_list("pk", flat=True)[:READ])


def _pairs(title: str) -> Iterator[tuple[str, str]]:
    """Neighbouring words of a title that mean something together, folded and as written."""
    written = [word.strip(".,;:()“”\"'–-") for word in title.lower().split()]
    spoken = [(searchable(word).strip(), word) for word in written]
    told, at = 0, 0
    while at + 1 < len(spoken) and told < MOST_PAIRS:
        (first, first_written), (second, second_written) = spoken[at : at + 2]
        folded = f"{first} {second}"
        at += 1
        if folded in _EMPTY_PAIRS:
            at += 1  # "hệ thống | tự động": "thống tự" is no word
        elif all(word.isalpha() and word not in _EMPTY_WORDS for word in (first, second)):
            told += 1
            yield folded, f"{first_written} {second_written}"


def _reason(shared: _Shared) -> str:
    """ "Cùng khoai mì, cùng ngành xử lý chất thải": each part by itself is true."""
    parts = []
    if crops := shared.terms.get("crops"):
        parts.append(_("both about %(names)s") % {"names": _names(crops)})
    if shared.pairs:
        quoted = ", ".join(f"“{phrase}”" for phrase in _phrases(shared.pairs)[:2])
        parts.append(_("both speak of %(words)s") % {"words": quoted})
    if sectors := shared.terms.get("sectors"):
        parts.append(_("same sector: %(names)s") % {"names": _names(sectors)})
    if (fields := shared.terms.get("fields")) and len(parts) < 2:
        parts.append(_("same field: %(names)s") % {"names": _names(fields)})
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _phrases(pairs: Sequence[str]) -> list[str]:
    """ "máy băm", "băm lá", "lá mía" said as one: "máy băm lá mía"."""
    phrases: list[str] = []
    for pair in pairs:
        first, _space, second = pair.partition(" ")
        if phrases and phrases[-1].endswith(f" {first}"):
            phrases[-1] += f" {second}"
        else:
            phrases.append(pair)
    return phrases


def _names(terms: Sequence[Any]) -> str:
    """Within a sentence: "khoai mì", but "OCOP" stays."""
    labels = [term.local_label for term in terms[:2]]
    return ", ".join(
        label if label[1:2].isupper() else label[:1].lower() + label[1:] for label in labels
    )
