"""Writing the index of offers: which of them hold a word in their text or in their title.

A key is one letter that says what it tells, and a word: `a` of the text, `b` of the title, `A` and
`B` the first one and two letters of such words; `n` alone names every indexed offer. Whether an
offer is public now is no part of it: that the database knows, and it changes with the clock.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.signals import post_delete, post_save

from events.techmart.models import Offer
from events.techmart.models.words import IndexedOffer, OfferPosting
from portal.search import postings
from portal.search.bits import BLOCK, packed, places
from portal.search.postings import FOLDED_TEXT, FOLDED_TITLE, HEADS, SHORT, key_of
from portal.search.words import searchable

EVERY = b"n"
_ROWS = 500


def connect() -> None:
    """Called when the app is ready."""
    post_save.connect(_saved, sender=Offer, dispatch_uid="techmart.indexing.saved")
    post_delete.connect(_deleted, sender=Offer, dispatch_uid="techmart.indexing.deleted")


def _saved(instance: Offer, update_fields: Any = None, **_signal: Any) -> None:
    """The row of a public offer holds its words; drafts are no rows."""
    if instance.live and (update_fields is None or "folded_text" in update_fields):
        index(instance)


def _deleted(instance: Offer, **_signal: Any) -> None:
    # The row that knew its words went with it.
    if instance.pk is not None:
        rebuild(block=instance.pk // BLOCK)


def words_of_title(offer: Any) -> str:
    return searchable(f"{offer.title} {offer.title_en}")


def keys_of(folded_title: str, folded_text: str) -> set[bytes]:
    """Every key of an offer."""
    keys = {EVERY}
    for family, text in ((FOLDED_TEXT, folded_text), (FOLDED_TITLE, folded_title)):
        words = set(text.split())
        keys.update(key_of(family, word) for word in words)
        heads = {word[:length] for word in words for length in range(1, SHORT + 1)}
        keys.update(key_of(HEADS[family], head) for head in heads)
    return keys


@transaction.atomic
def index(offer: Offer) -> None:
    """Write what differs from what the index holds of this offer."""
    title, text = words_of_title(offer), offer.folded_text
    before = IndexedOffer.objects.filter(pk=offer.pk).first()
    if before and (before.folded_title, before.folded_text) == (title, text):
        return
    # One lock for every index of words: two that change the same block must not meet.
    postings.lock()
    had = keys_of(before.folded_title, before.folded_text) if before else set()
    have = keys_of(title, text)
    block, place = divmod(offer.pk, BLOCK)
    changed = sorted(had ^ have)
    stored = {
        bytes(key): places(bytes(told))
        for key, told in OfferPosting.objects.filter(block=block, key__in=changed).values_list(
            "key", "places"
        )
    }
    nowhere: set[int] = set()
    _write(
        block,
        {
            key: packed(stored.get(key, nowhere) | {place})
            if key in have
            else packed(stored.get(key, nowhere) - {place})
            for key in changed
        },
    )
    IndexedOffer.objects.update_or_create(
        pk=offer.pk, defaults={"folded_title": title, "folded_text": text}
    )


def _write(block: int, now: dict[bytes, bytes]) -> None:
    empty = [key for key, told in now.items() if not told]
    if empty:
        OfferPosting.objects.filter(block=block, key__in=empty).delete()
    OfferPosting.objects.bulk_create(
        [OfferPosting(key=key, block=block, places=told) for key, told in now.items() if told],
        update_conflicts=True,
        unique_fields=["key", "block"],
        update_fields=["places"],
        batch_size=_ROWS,
    )


def rebuild(block: int | None = None) -> None:
    """Write one block anew, or everything: after a bulk load, or when it is in doubt."""
    if block is None:
        last = Offer.objects.aggregate(last=Max("pk"))["last"] or 0
        OfferPosting.objects.filter(block__gt=last // BLOCK).delete()
        for number in range(last // BLOCK + 1):
            rebuild(block=number)
        return
    with transaction.atomic():
        postings.lock()
        here = Offer.objects.filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK, live=True)
        _rebuild(block, here.values_list("pk", "title", "title_en", "folded_text", named=True))


def _rebuild(block: int, offers: Iterable[Any]) -> None:
    listed: dict[bytes, array[int]] = defaultdict(lambda: array("H"))
    indexed = []
    for row in offers:
        title = words_of_title(row)
        indexed.append(IndexedOffer(pk=row.pk, folded_title=title, folded_text=row.folded_text))
        for key in keys_of(title, row.folded_text):
            listed[key].append(row.pk % BLOCK)
    OfferPosting.objects.filter(block=block).delete()
    IndexedOffer.objects.filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK).delete()
    IndexedOffer.objects.bulk_create(indexed, batch_size=_ROWS)
    _write(block, {key: packed(some) for key, some in listed.items()})
