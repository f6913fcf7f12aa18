"""Documents of the search, as `rebuild()` would write them.

document("a:1:vi", "Tiêu đề", "Nội dung", kind="article", rank=-1)
PromotionFactory(words="nộp hồ sơ", page=page)
"""

from typing import Any

import factory

from portal.core.extension_points import SearchDocument
from portal.search.indexing import row_of, write
from portal.search.models import Document, Promotion


def document(key: str, title: str, text: str = "", **facts: Any) -> Document:
    told = SearchDocument(
        key=key,
        kind=facts.pop("kind", "page"),
        language=key.rpartition(":")[2],
        title=title,
        summary=text,
        body=facts.pop("body", ""),
        url=facts.pop("url", f"/{key.replace(':', '-')}/"),
        **facts,
    )
    row = row_of(told)
    write([row])
    return row


class PromotionFactory(factory.django.DjangoModelFactory):
    """Leads to an address, or to `page=`."""

    class Meta:
        model = Promotion

    words = "nộp hồ sơ"
    title = "Cách nộp hồ sơ"
    address = factory.LazyAttribute(lambda one: "" if getattr(one, "page", None) else "/nop/")
