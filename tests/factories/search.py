"""Documents of the search, as `rebuild()` would write them.

document("a:1:vi", "Tiêu đề", "Nội dung", kind="article", rank=-1)
"""

from typing import Any

from portal.core.extension_points import SearchDocument
from portal.search.indexing import row_of
from portal.search.models import Document


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
    row.save()
    return row
