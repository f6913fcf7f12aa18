"""The inverted index: which documents hold a word, and what else decides which stand first.

A key is one letter that says what it tells, and a word:

    a, b    folded words of the text, of the title       A, B   their first one and two letters
    c, d    marked words of the text, of the title       e      the whole folded title
    k       the kind                                     l      the language
    r       the rank and month of the document, so that the last key stands first
    u       the moment from which on it is not found
    h       the language in which the same thing is found, and until when: it hides this document

All of it follows from the rows of documents. `change` keeps it true when some of them change;
`check` looks at everything and mends what differs.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import Max, Q

from portal.search.bits import BLOCK, packed, places, shifted
from portal.search.models import Document, IndexState, Posting
from portal.search.models.postings import LONGEST_KEY

FOLDED_TEXT, FOLDED_TITLE, MARKED_TEXT, MARKED_TITLE = b"a", b"b", b"c", b"d"
HEADS = {FOLDED_TEXT: b"A", FOLDED_TITLE: b"B"}
SHORT = 2
"""Letters. What begins so is looked up whole: very many words do."""
WHOLE_TITLE, KIND, LANGUAGE, ORDER, OVER, HIDDEN = b"e", b"k", b"l", b"r", b"u", b"h"
FOREVER = "9"

_ROWS = 500
_READ = (
    *("pk", "thing", "language", "kind", "folded_title", "folded_text"),
    *("marked_title", "marked_text", "day", "rank", "visible_until"),
)


class Range(NamedTuple):
    """Keys from `first` on and before `end`."""

    first: bytes
    end: bytes

    @property
    def is_single(self) -> bool:
        return self.end == self.first + b"\0"


def exactly(family: bytes, word: str) -> Range:
    key = key_of(family, word)
    return Range(key, key + b"\0")


def beginning(family: bytes, word: str = "") -> Range:
    key = key_of(family, word)
    return Range(key, key[:-1] + bytes([key[-1] + 1]))


def word_beginning(family: bytes, word: str) -> Range:
    """Words of FOLDED_TEXT or FOLDED_TITLE that begin with `word`."""
    return exactly(HEADS[family], word) if len(word) <= SHORT else beginning(family, word)


def before(family: bytes, moment: datetime) -> Range:
    """Moments until this one, which counts as past."""
    return Range(family, key_of(family, stamp(moment)) + b"\0")


def after(family: bytes, language: str, moment: datetime) -> Range:
    key = key_of(family, f"{language} ")
    return Range(key + stamp(moment).encode() + b"\0", key[:-1] + b"!")


def key_of(family: bytes, word: str) -> bytes:
    return (family + word.encode())[:LONGEST_KEY]


def stamp(moment: datetime | None) -> str:
    """A moment as letters in order; None never comes."""
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S%f}" if moment else FOREVER


class Found:
    """What stands in the index under some keys."""

    def __init__(self, ranges: Iterable[Range], most: int | None = None) -> None:
        """Ask for them, all at once; for no more than `most` rows."""
        asked = set(ranges)
        single = {one for one in asked if one.is_single}
        wanted = Q(key__in=sorted(one.first for one in single))
        for one in sorted(asked - single):
            wanted |= Q(key__gte=one.first, key__lt=one.end)
        self._by_key: dict[bytes, int] = defaultdict(int)
        rows = Posting.objects.filter(wanted).values_list("key", "block", "places")
        if most is not None:  # of too many every database reads the same
            rows = rows.order_by("key", "block")[:most]
        for key, block, stored in rows:
            self._by_key[bytes(key)] |= shifted(bytes(stored), block)

    def of(self, wanted: Range) -> int:
        """The documents under any key of the range."""
        bits = 0
        for key, some in self._by_key.items():
            if wanted.first <= key < wanted.end:
                bits |= some
        return bits

    def each(self, family: bytes) -> dict[str, int]:
        """The documents under each key of a family, by what the key says."""
        return {key[1:].decode(): some for key, some in self._by_key.items() if key[:1] == family}


def by_order() -> Iterator[tuple[str, int, bytes]]:
    """Rank, block and places: the higher rank first, then the newer month, then the later block."""
    rows = Posting.objects.filter(key__gte=ORDER, key__lt=beginning(ORDER).end)
    for key, block, stored in rows.order_by("-key", "-block").values_list("key", "block", "places"):
        yield bytes(key)[1:].decode().partition(" ")[0], block, bytes(stored)


# Writing ----------------------------------------------------------------------------------------


def keys_of(document: Any, others: Iterable[Any]) -> set[bytes]:
    """Every key of a document; `others` are the same thing in other languages."""
    keys = {
        key_of(KIND, document.kind),
        key_of(LANGUAGE, document.language),
        key_of(WHOLE_TITLE, document.folded_title.strip()),
        key_of(ORDER, f"{_rank(document)} {_month(document.day)}"),
    }
    if document.visible_until:
        keys.add(key_of(OVER, stamp(document.visible_until)))
    for other in others:
        keys.add(key_of(HIDDEN, f"{other.language} {stamp(other.visible_until)}"))
    for family, text in (
        (FOLDED_TEXT, document.folded_text),
        (FOLDED_TITLE, document.folded_title),
    ):
        words = set(text.split())
        keys.update(key_of(family, word) for word in words)
        heads = {word[:length] for word in words for length in range(1, SHORT + 1)}
        keys.update(key_of(HEADS[family], head) for head in heads)
    for family, text in (
        (MARKED_TEXT, document.marked_text),
        (MARKED_TITLE, document.marked_title),
    ):
        keys.update(key_of(family, word) for word in set(text.split()))
    return keys


def order_of(document: Any, *, native: bool) -> str:
    """As the key ORDER, for readers of one language: the last stands first."""
    return f"{_rank(document)} {int(native)} {_month(document.day)}"


def _rank(document: Any) -> str:
    return f"{document.rank + 32768:05}"


def _month(day: datetime | None) -> str:
    return f"{day.astimezone(UTC):%Y%m}" if day else "000000"


def _keys(rows: Iterable[Any]) -> dict[int, set[bytes]]:
    """The keys of each row, by its own; all languages of a thing must be among the rows."""
    things: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        things[row.thing].append(row)
    return {
        row.pk: keys_of(row, [other for other in same if other.pk != row.pk])
        for same in things.values()
        for row in same
    }


def lock() -> None:
    """Let nobody else write the index until the transaction is through."""
    IndexState.objects.select_for_update().get_or_create(pk=1)


def change(before: Iterable[Document], after: Iterable[Document]) -> None:
    """Write what follows from the change of some documents. Hold the `lock`.

    Both tell all languages of the things concerned.
    """
    had, have = _keys(before), _keys(after)
    nothing: set[bytes] = set()
    gone: dict[int, dict[bytes, set[int]]] = defaultdict(lambda: defaultdict(set))
    new: dict[int, dict[bytes, set[int]]] = defaultdict(lambda: defaultdict(set))
    for pk in had.keys() | have.keys():
        old, now = had.get(pk, nothing), have.get(pk, nothing)
        block, place = divmod(pk, BLOCK)
        for key in old - now:
            gone[block][key].add(place)
        for key in now - old:
            new[block][key].add(place)
    for block in sorted(gone.keys() | new.keys()):
        _change_block(block, gone[block], new[block])


def _change_block(
    block: int, gone: Mapping[bytes, set[int]], new: Mapping[bytes, set[int]]
) -> None:
    keys = sorted(gone.keys() | new.keys())
    stored: dict[bytes, bytes] = {}
    for some in _portions(keys):
        rows = Posting.objects.filter(block=block, key__in=some).values_list("key", "places")
        stored.update((bytes(key), bytes(told)) for key, told in rows)
    nowhere: set[int] = set()
    now = {
        key: packed((places(stored.get(key, b"")) - gone.get(key, nowhere)) | new.get(key, nowhere))
        for key in keys
    }
    _write(block, stored, now)


def _write(block: int, stored: Mapping[bytes, bytes], now: Mapping[bytes, bytes]) -> None:
    """Make the rows of a block, `stored` until here, say something else; nothing means no row."""
    empty = [key for key in sorted(stored) if not now.get(key)]
    for some in _portions(empty):
        Posting.objects.filter(block=block, key__in=some).delete()
    Posting.objects.bulk_create(
        [
            Posting(key=key, block=block, places=told)
            for key, told in sorted(now.items())
            if told and told != stored.get(key)
        ],
        update_conflicts=True,
        unique_fields=["key", "block"],
        update_fields=["places"],
        batch_size=_ROWS,
    )


def _portions(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (keys[at : at + _ROWS] for at in range(0, len(keys), _ROWS))


def check() -> int:
    """Compare the index with the documents, block by block, and mend it.

    Answers how many blocks differed. Nobody waits meanwhile, unless a block is mended.
    """
    last = Document.objects.aggregate(last=Max("pk"))["last"]
    blocks = 0 if last is None else last // BLOCK + 1
    Posting.objects.filter(block__gte=blocks).delete()
    mended = 0
    for block in range(blocks):
        if _stored(block) != wanted(block):
            with transaction.atomic():
                lock()
                _write(block, _stored(block), wanted(block))
            mended += 1
    return mended


def _stored(block: int) -> dict[bytes, bytes]:
    rows = Posting.objects.filter(block=block).values_list("key", "places")
    return {bytes(key): bytes(told) for key, told in rows.iterator(chunk_size=2000)}


def wanted(block: int, documents: "models.Manager[Any]" = Document.objects) -> dict[bytes, bytes]:
    """What the rows of a block ought to say."""
    here = documents.filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK)
    listed: dict[bytes, array[int]] = defaultdict(lambda: array("H"))
    for row, keys in keyed(here, documents):
        for key in keys:
            listed[key].append(row.pk % BLOCK)
    return {key: packed(some) for key, some in listed.items()}


def keyed(
    some: "models.QuerySet[Any]", documents: "models.Manager[Any]" = Document.objects
) -> Iterator[tuple[Any, set[bytes]]]:
    """Each of some documents, with what `keys_of` reads and its kind, and its keys."""
    same: dict[str, list[Any]] = defaultdict(list)
    told = documents.filter(thing__in=some.values("thing"))
    for row in told.values_list("pk", "thing", "language", "visible_until", named=True):
        same[row.thing].append(row)
    for row in some.values_list(*_READ, named=True).iterator(chunk_size=500):
        yield row, keys_of(row, [other for other in same[row.thing] if other.pk != row.pk])
