"""Collecting the words that stand in documents."""

from collections import Counter, defaultdict

from django.db import transaction

from portal.core.text import nfc
from portal.search.models.vocabulary import MAX_LETTERS, Word
from portal.search.words import WORD, folded_word


class Vocabulary:
    """Counts words while the documents are written."""

    def __init__(self) -> None:
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)

    def read(self, text: str) -> None:
        for word in WORD.findall(nfc(text)):
            folded = folded_word(word)
            if 2 <= len(folded) <= MAX_LETTERS and folded.isascii() and folded.isalpha():
                self._forms[folded][word] += 1

    def write(self) -> None:
        """Make the table say this and nothing else. In order, so that two never lock each other."""
        rows = [
            Word(
                folded=folded,
                shown=_usual(forms)[: MAX_LETTERS * 2],
                length=len(folded),
                count=forms.total(),
            )
            for folded, forms in sorted(self._forms.items())
        ]
        with transaction.atomic():
            known = Word.objects.values_list("folded", "pk")
            Word.objects.filter(
                pk__in=[pk for folded, pk in known if folded not in self._forms]
            ).delete()
            Word.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["folded"],
                update_fields=["shown", "length", "count"],
                batch_size=200,
            )


def _usual(forms: Counter[str]) -> str:
    """The form written most often; among equals the one in small letters."""
    return max(forms, key=lambda form: (forms[form], form.islower(), form))
