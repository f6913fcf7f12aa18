"""What else a search means. Every search of the portal asks here, not only the one over all.

    terms = expanded(typed.split())
    offers.filter(holding(terms, "folded_text"))

finds offers that hold each word, or another word of its group.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from portal.core.text import nfc
from portal.search.models.synonyms import LONGEST, Synonym
from portal.search.words import WORD, marked, searchable


@dataclass(frozen=True, slots=True)
class Equal:
    """A word or phrase that means the same, in both ways of writing (see `words`)."""

    folded: str
    marked: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words that were typed and belong together, folded, and what means the same."""

    words: tuple[str, ...]
    equals: tuple[Equal, ...] = ()
    accented: tuple[str, ...] = ()
    """Those of the words that were typed with accents, marked."""


def expanded(words: Sequence[str]) -> tuple[Term, ...]:
    """The typed words, those of a group taken together. Asks the database once.

    Of overlapping phrases the first and then the longest counts: "khoai mì" is cassava before
    "mì" is. Who types accents means them: "lớn" is not "lợn"; "lon" may be.
    """
    typed = [pair for word in words for pair in _pairs(word)]
    groups = _groups({phrase for _start, _end, phrase in _phrases([one for one, _ in typed])})
    terms: list[Term] = []
    at = 0
    while at < len(typed):
        term = _term_at(typed[at:], groups)
        terms.append(term)
        at += len(term.words)
    return tuple(terms)


def _pairs(typed: str) -> Iterator[tuple[str, str]]:
    """(folded, as typed) for each word; "đổi-mới" is two."""
    folded, written = searchable(typed).split(), WORD.findall(nfc(typed))
    return zip(folded, written if len(written) == len(folded) else folded, strict=True)


def _phrases(folded: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for start in range(len(folded)):
        for end in range(start + 1, min(start + LONGEST, len(folded)) + 1):
            yield start, end, " ".join(folded[start:end])


def _groups(phrases: set[str]) -> dict[str, list[Synonym]]:
    """All members of the groups in which one of `phrases` stands, by each member's folded form."""
    if not phrases:
        return {}
    found = Synonym.objects.filter(group__members__folded__in=phrases).distinct()
    by_group: dict[int, list[Synonym]] = {}
    for member in found:
        by_group.setdefault(member.group_id, []).append(member)
    return {one.folded: members for members in by_group.values() for one in members}


def _term_at(typed: Sequence[tuple[str, str]], groups: dict[str, list[Synonym]]) -> Term:
    """The longest phrase of a group that `typed` begins with, else its first word."""
    for length in range(min(LONGEST, len(typed)), 0, -1):
        part = typed[:length]
        phrase = " ".join(folded for folded, _word in part)
        members = groups.get(phrase, [])
        meant = next((one for one in members if one.folded == phrase), None)
        if meant and _is_meant(meant, " ".join(word for _folded, word in part)):
            return _term(part, [one for one in members if one is not meant])
    return _term(typed[:1], [])


def _term(typed: Sequence[tuple[str, str]], others: Sequence[Synonym]) -> Term:
    keys = [(folded, marked(word).strip()) for folded, word in typed]
    return Term(
        words=tuple(folded for folded, _key in keys),
        equals=tuple(Equal(one.folded, one.marked) for one in others),
        accented=tuple(key for folded, key in keys if key and key != folded),
    )


def _is_meant(member: Synonym, typed: str) -> bool:
    key = marked(typed).strip()
    return key in {member.marked, member.folded}


def holding(terms: Sequence[Term], folded: str, accented: str = "") -> Q:
    """The filter: each term stands in the column `folded`, as typed or as an equal.

    `folded` holds `searchable()` text. A column of `marked()` text, where there is one, keeps
    equals exact.
    """
    wanted = Q()
    for term in terms:
        wanted &= Q(typed_in(term, folded)) | equal_in(term, folded, accented)
    return wanted


def typed_in(term: Term, folded: str) -> Q:
    """Each typed word begins a word of the column."""
    found = Q()
    for word in term.words:
        found &= Q((f"{folded}__contains", f" {word}"))
    return found


def equal_in(term: Term, folded: str, accented: str = "") -> Q:
    """An equal stands in the column, whole. False, said in a way databases know, without any."""
    found = Q(pk__in=[])
    for equal in term.equals:
        if accented:
            found |= Q((f"{accented}__contains", f" {equal.marked} "))
        else:
            found |= Q((f"{folded}__contains", f" {equal.folded} "))
    return found
