"""Showing an answer: as plain text for exports, as safe HTML for pages, and frozen for snapshots.

A frozen answer is plain data: numbers as "1200000" or "12.5", days as "2026-11-23", so that it
reads the same in fifty years and in any language.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.templatetags.portal import day, decimal_comma, money
from portal.questions.answering import ParsedAnswer
from portal.questions.models import AbstractAnswer, AbstractQuestion

Kind = AbstractQuestion.Kind
FrozenValue = str | list[str] | None
MAX_LINK_TEXT = 80


def frozen_value(
    question: AbstractQuestion, answer: AbstractAnswer | ParsedAnswer | None
) -> dict[str, Any]:
    """The keys `kind`, `value`, `labels`, `labels_en` of a snapshot's item."""
    value = _plain(question, answer)
    chosen = value if isinstance(value, list) else [value]
    options = (
        [option for option in question.options if option["value"] in chosen]
        if question.kind in {Kind.ONE_OF, Kind.SEVERAL_OF}
        else []
    )
    return {
        "kind": str(question.kind),
        "value": value,
        "labels": [option["label"] for option in options],
        "labels_en": [option.get("label_en") or option["label"] for option in options],
    }


def _plain(question: AbstractQuestion, answer: AbstractAnswer | ParsedAnswer | None) -> FrozenValue:
    if answer is None or question.kind == Kind.FILE:
        return None
    match question.kind:
        case Kind.NUMBER | Kind.MONEY:
            if answer.number is None:
                return None
            plain = format(answer.number, "f")
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        case Kind.DATE:
            return answer.day.isoformat() if answer.day else None
        case Kind.SEVERAL_OF:
            return list(answer.picks) or None
        case _:
            return answer.text or None


def shown(kind: str, value: Any, labels: Sequence[str] = ()) -> str:
    """The answer as one plain text in the reader's language; "" when there is none.

    `value` may be frozen (strings) or as the database keeps it. A value that does not fit its
    kind any more is shown as it stands rather than lost.
    """
    if value is None or value == "" or value == []:
        return ""
    if kind in {Kind.ONE_OF, Kind.SEVERAL_OF}:
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(labels or [str(item) for item in chosen])
    try:
        if kind == Kind.MONEY:
            return money(int(Decimal(str(value))))
        if kind == Kind.NUMBER:
            return decimal_comma(str(value))
        if kind == Kind.DATE:
            return day(value if isinstance(value, date) else date.fromisoformat(str(value)))
    except (ValueError, InvalidOperation, OverflowError):
        return str(value)
    return str(value)


def shown_html(item: Mapping[str, Any] | Any) -> SafeString:
    """A frozen item (a mapping, or an object with the same names) as safe HTML.

    Long texts become paragraphs, several choices a list, web addresses links that vouch for
    nothing. Files are the caller's to show: who may read them is its question.
    """
    kind, value = _part(item, "kind"), _part(item, "value")
    labels = _labels(item)
    text = shown(kind, value, labels)
    if not text:
        return format_html('<p class="muted">{}</p>', _("Not answered"))
    if kind == Kind.LONG_TEXT:
        return mark_safe(linebreaks(text, autoescape=True))
    if kind == Kind.SEVERAL_OF:
        lines = labels or (value if isinstance(value, list) else [value])
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in lines))
        )
    if kind in {Kind.LINK, Kind.VIDEO} and text.lower().startswith(("https://", "http://")):
        return format_html(
            '<p><a href="{}" rel="nofollow noopener noreferrer" target="_blank">{}</a></p>',
            text,
            text if len(text) <= MAX_LINK_TEXT else f"{text[: MAX_LINK_TEXT - 1]}…",
        )
    return format_html("<p>{}</p>", conditional_escape(text))


def _part(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


def _labels(item: Any) -> list[str]:
    english = (get_language() or "vi").startswith("en")
    return list((english and _part(item, "labels_en")) or _part(item, "labels") or [])
