"""Panels of the editor of news."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import HelpPanel


class WordOffer(HelpPanel):
    """On a new article: it need not be typed, it can come from Word."""

    def __init__(self, template: str = "news/admin/word_offer.html", **kwargs: Any) -> None:
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk is None and self._index_id())

        def _index_id(self) -> int | None:
            """The news index of the address "add an article here"."""
            matched = getattr(self.request, "resolver_match", None)
            return matched.kwargs.get("parent_page_id") if matched else None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["word_url"] = reverse("news_admin:import_word", args=[self._index_id()])
            return context
