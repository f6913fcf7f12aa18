"""What search knows of the market. Whom an offer without a named owner belongs to is not in it."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from events.techmart.models import (
    Demand,
    Expert,
    Freshness,
    MarketPage,
    MarketRecord,
    Offer,
    Standing,
    Supplier,
)
from events.techmart.models.shared import HIDDEN_AFTER, confirmed_for
from events.techmart.presenting.sharing import shortened
from portal.core.extension_points import SearchDocument, keys_among
from portal.core.languages import in_reader_language

MODELS: dict[str, Any] = {"offer": Offer, "demand": Demand, "expert": Expert, "supplier": Supplier}
RELATED: dict[str, tuple[str, ...]] = {
    "offer": ("kind", "stage", "unit", "standing__organisation"),
    "demand": ("unit", "standing__organisation"),
    "expert": ("unit", "rank", "degree", "standing"),
    "supplier": ("unit", "standing"),
}
WORDS: dict[str, tuple[str, ...]] = {
    "offer": ("fields", "sectors", "crops"),
    "demand": ("fields", "sectors", "crops"),
    "expert": ("fields", "crops"),
    "supplier": ("fields",),
}
TEXTS: dict[str, tuple[str, ...]] = {
    "offer": ("problem", "advantages", "description", "requirements"),
    "demand": ("problem", "current_way", "must_have", "material"),
    "expert": ("advises_on", "about", "position", "workplace", "keywords", "transferred"),
    "supplier": ("about", "products"),
}
IN_ENGLISH: dict[str, str] = {
    "offer": "summary_en",
    "demand": "problem_en",
    "expert": "advises_on_en",
    "supplier": "about_en",
}
"""Without this text a record has nothing to say in English; search offers it in Vietnamese."""
SUMMARY = 300


def documents(language: str, things: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """Public records below the market's page of `language`, or those of some things."""
    wanted = {kind: keys_among(things, kind) for kind in MODELS}
    page = MarketPage.public_in(language) if any(keys != [] for keys in wanted.values()) else None
    if page is None:
        return
    base = page.get_url() or ""
    for kind, model in MODELS.items():
        keys = wanted[kind]
        if keys == []:
            continue
        found = model.objects.public().select_related(*RELATED[kind])
        if language == "en":
            found = found.exclude(**{IN_ENGLISH[kind]: ""})
        if keys is not None:
            found = found.filter(pk__in=keys)
        shown = found.prefetch_related(*WORDS[kind]).order_by("pk")
        for record in shown.iterator(chunk_size=200):
            yield SearchDocument(
                key=f"{kind}:{record.pk}:{language}",
                kind=kind,
                language=language,
                title=_title(record),
                summary=shortened(_summary(record, english=language == "en"), SUMMARY),
                body=_body(record, kind, english=language == "en"),
                url=page.address_of(kind, record.standing.slug, base),
                day=record.last_published_at,
                rank=-1 if record.standing.freshness() is Freshness.UNCONFIRMED else 0,
                visible_until=hidden_from(record.standing),
            )


def hidden_from(standing: Standing) -> datetime | None:
    """When a record stops showing unless its owner confirms it again."""
    if standing.last_confirmed_at is None:
        return None
    return standing.last_confirmed_at + confirmed_for() + HIDDEN_AFTER


def _title(record: Any) -> str:
    if isinstance(record, Expert):
        return record.titled_name
    if isinstance(record, Supplier):
        return in_reader_language(record.name, record.name_en)
    return in_reader_language(record.title, record.title_en)


def _summary(record: Any, *, english: bool) -> str:
    if isinstance(record, Demand):
        return (record.summary_en or record.problem_en) if english else record.problem
    field = {Offer: "summary", Expert: "advises_on", Supplier: "about"}[type(record)]
    return str(getattr(record, f"{field}_en" if english else field))


def _body(record: MarketRecord, kind: str, *, english: bool) -> str:
    words = [
        getattr(record, f"{field}_en", "") if english else getattr(record, field)
        for field in TEXTS[kind]
    ]
    terms = [term for name in WORDS[kind] for term in getattr(record, name).all()]
    terms += [getattr(record, name, None) for name in ("kind", "stage")]
    for term in filter(None, terms):
        words += [term.label_en] if english else [term.label, term.synonyms]
    words += _whose(record)
    return " ".join(word for word in words if word)


def _whose(record: Any) -> list[str]:
    """Commune and owner, as far as the page itself tells them."""
    if getattr(record.standing, "anonymous", False):
        return []
    organisation = record.standing.organisation if isinstance(record, (Offer, Demand)) else None
    return [
        record.unit.full_name if record.unit else "",
        organisation.name if organisation else "",
    ]
