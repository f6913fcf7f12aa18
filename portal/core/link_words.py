"""Links whose words do not say where they lead (WCAG 2.2, 2.4.4): "tại đây" read out on its own."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.core.text import same_words

_SAY_NOTHING = frozenset(
    same_words(words)
    for words in (
        "đây",
        "tại đây",
        "ở đây",
        "vào đây",
        "xem tại đây",
        "xem ở đây",
        "bấm vào đây",
        "nhấn vào đây",
        "nhấp vào đây",
        "click vào đây",
        "tải tại đây",
        "tải về tại đây",
        "xem",
        "xem thêm",
        "xem chi tiết",
        "chi tiết",
        "đọc tiếp",
        "đọc thêm",
        "link",
        "link này",
        "đường dẫn",
        "đường dẫn này",
        "liên kết",
        "liên kết này",
        "here",
        "click here",
        "see here",
        "this link",
        "more",
        "read more",
        "see more",
        "learn more",
        "details",
    )
)
_AROUND = " .,:;!…»«()[]“”\"'→>-–"


def vague_links(page: Page) -> list[str]:
    """The words of such links in the texts of a page, in order, alike ones once."""
    links = (link for text in _rich_texts(page) for link in BeautifulSoup(text, "html.parser")("a"))
    words = (" ".join(link.get_text().split()).strip(_AROUND) for link in links)
    found: dict[str, str] = {}
    for one in words:
        found.setdefault(same_words(one), one)
    return [one for alike, one in found.items() if alike in _SAY_NOTHING]


def _rich_texts(page: Page) -> Iterator[str]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _strings(field.value_from_object(page).get_prep_value())


def _strings(value: Any) -> Iterator[str]:
    """Every text within the stored form of blocks that may hold a link."""
    if isinstance(value, str):
        if "<a " in value:
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
