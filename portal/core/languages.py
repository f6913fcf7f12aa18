"""Records hold Vietnamese and, in `_en` fields, English; each reader gets their own."""

from django.utils.translation import get_language


def in_reader_language(vietnamese: str, english: str) -> str:
    """The English text for English readers when there is one, else the Vietnamese."""
    return english if english and (get_language() or "vi").startswith("en") else vietnamese
