"""Links whose words do not say where they lead (WCAG 2.2, 2.4.4): "tại đây" read out on its own."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.db.models import Model
from django.utils.translation import ngettext
from wagtail.fields import StreamField

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


def about_vague_links(written: Model) -> str:
    """What to tell who wrote a page or record; nothing where every link says where it leads."""
    found = vague_links(written)
    text = ngettext(
        "The words of this link do not say where it leads: %(links)s. Name what the reader"
        " finds there, such as the title of the document.",
        "The words of these links do not say where they lead: %(links)s. Name what the reader"
        " finds there, such as the title of the document.",
        len(found),
    )
    return text % {"links": ", ".join(f"“{words}”" for words in found)} if found else ""


def vague_links(written: Model) -> list[str]:
    """The words of such links in the texts of a page or record, in order, alike ones once."""
    texts = (BeautifulSoup(text, "html.parser") for text in _rich_texts(written))
    links = (link for text in texts for link in text("a"))
    words = (" ".join(link.get_text().split()).strip(_AROUND) for link in links)
    found: dict[str, str] = {}
    for one in words:
        found.setdefault(same_words(one), one)
    return [one for alike, one in found.items() if alike in _SAY_NOTHING]


def _rich_texts(written: Model) -> Iterator[str]:
    for field in written._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _strings(field.value_from_object(written).get_prep_value())


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
