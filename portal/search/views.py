"""The search page."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from portal.search.finding import Query, excerpt, find, highlighted, read_query
from portal.search.models import Document

RESULTS_PER_PAGE = 20


def kind_labels() -> dict[str, str]:
    """The kinds of things that can be found, in the reader's language, in the order of the tabs."""
    return {
        "page": _("Pages"),
        "article": _("News"),
        "regulation": _("Official documents"),
        "competition": _("Competitions"),
        "result": _("Results"),
    }


class Results(TemplateView):
    template_name = "search/results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = read_query(self.request.GET.get("q", ""))
        language = (get_language() or "vi")[:2]
        labels = kind_labels()
        kind = self.request.GET.get("loai", "")
        kind = kind if kind in labels else ""
        found = find(query, language)
        counts = dict(found.order_by().values_list("kind").annotate(Count("pk")))
        page = Paginator(find(query, language, kind), RESULTS_PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(
            query=query.text,
            tabs=self._tabs(query, kind, labels, counts),
            page_obj=page,
            results=[self._shown(document, query, language, labels) for document in page],
            **kwargs,
        )

    def _tabs(
        self, query: Query, kind: str, labels: dict[str, str], counts: dict[str, int]
    ) -> list[dict[str, Any]]:
        kinds = {"": _("All"), **labels}
        totals = {**counts, "": sum(counts.values())}
        return [
            {
                "title": label,
                "url": _address(query, code),
                "current": code == kind,
                "count": totals.get(code, 0),
            }
            for code, label in kinds.items()
            if not code or totals.get(code) or code == kind
        ]

    def _shown(
        self, document: Document, query: Query, language: str, labels: dict[str, str]
    ) -> dict[str, Any]:
        return {
            "title": highlighted(document.title, query),
            "excerpt": excerpt(document, query),
            "url": document.url,
            "kind": labels.get(document.kind, ""),
            "day": document.day,
            "language": "" if document.language == language else document.language,
        }


def _address(query: Query, kind: str) -> str:
    parameters = QueryDict(mutable=True)
    parameters["q"] = query.text
    if kind:
        parameters["loai"] = kind
    return f"?{parameters.urlencode()}"
