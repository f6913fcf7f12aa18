"""Records hold Vietnamese and, in `_en` fields, English; each reader gets their own."""

from dataclasses import dataclass

from django.utils.translation import get_language


def in_reader_language(vietnamese: str, english: str) -> str:
    """The English text for English readers when there is one, else the Vietnamese."""
    return english if english and _reads_english() else vietnamese


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader is shown of a text in two languages; `foreign` where it wants `lang="vi"`."""

    text: str
    foreign: bool

    def __bool__(self) -> bool:
        return bool(self.text)


def said(vietnamese: str, english: str) -> Said:
    """As `in_reader_language`, and whether an English reader meets Vietnamese there."""
    text = in_reader_language(vietnamese, english)
    return Said(text, bool(text) and not english and _reads_english())


def _reads_english() -> bool:
    return (get_language() or "vi").startswith("en")
