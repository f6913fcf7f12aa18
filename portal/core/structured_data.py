"""What pages tell machines about themselves (schema.org, as JSON-LD)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

# As in Django's json_script: nothing in the data can end the script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def breadcrumbs(
    crumbs: Sequence[Mapping[str, Any]], request: HttpRequest
) -> Mapping[str, Any] | None:
    """The way to this page; None for a page that has none."""
    if len(crumbs) < 2:
        return None
    items = []
    for number, crumb in enumerate(crumbs, start=1):
        item = {"@type": "ListItem", "position": number, "name": str(crumb["title"])}
        if crumb.get("url"):
            item["item"] = request.build_absolute_uri(crumb["url"])
        items.append(item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def script_of(things: Sequence[Mapping[str, Any]]) -> SafeString:
    """All of it in one script element; nothing for nothing. Data only: no browser runs it."""
    if not things:
        return SafeString("")
    told = {"@context": "https://schema.org", "@graph": list(things)}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
