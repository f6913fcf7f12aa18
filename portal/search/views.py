"""The search page."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from portal.search.counting import note
from portal.search.finding import (
    RANKED,
    Query,
    clean_query,
    count_by_kind,
    find,
    read_query,
    suggest,
)
from portal.search.middleware import HEADER
from portal.search.models import Document
from portal.search.promoting import promoted
from portal.search.ranking import Ranking
from portal.search.showing import excerpt, highlighted
from portal.search.spelling import did_you_mean

RESULTS_PER_PAGE = 20
SUGGESTIONS = 6
SHORTEST_SUGGESTED = 2
SUGGESTED = ("title", "url", "language")


def kind_labels() -> dict[str, str]:
    """The kinds of things that can be found, in the reader's language, in the order of the tabs."""
    return {
        "page": _("Pages"),
        "article": _("News"),
        "startup": _("Startups"),
        "regulation": _("Official documents"),
        "competition": _("Competitions"),
        "result": _("Results"),
        "space": _("Places to work"),
        "event": _("Events"),
        "offer": _("Technology on offer"),
        "demand": _("Technology wanted"),
        "expert": _("Experts"),
        "supplier": _("Suppliers"),
    }


class CountedPaginator(Paginator):
    """Pages of results whose number the counts of the tabs have told already.

    Only those that were put into order can be listed.
    """

    def __init__(self, found: Ranking, total: int) -> None:
        super().__init__(found, RESULTS_PER_PAGE)
        self.__dict__["count"] = min(total, RANKED)


class Results(TemplateView):
    template_name = "search/results.html"
    counts_as = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.counts_as:
            response.headers[HEADER] = self.counts_as
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = read_query(self.request.GET.get("q", ""))
        language = (get_language() or "vi")[:2]
        labels = kind_labels()
        kind = self.request.GET.get("loai", "")
        kind = kind if kind in labels else ""
        counts = count_by_kind(query, language)
        total = counts.get(kind, 0) if kind else sum(counts.values())
        found = find(query, language, kind)
        if not kind and "page" not in self.request.GET:
            note(query, language, total)
            self.request.search_is_counted = True  # type: ignore[attr-defined]
            self.counts_as = f"{language} {total}"
        page = CountedPaginator(found, total).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            query=query.text,
            tabs=self._tabs(query, kind, labels, counts),
            page_obj=page,
            total=total,
            listed=RANKED if total > RANKED else 0,
            meant=self._meant(query, language, counts),
            promoted=self._promoted(query, language) if page.number == 1 and not kind else [],
            results=[self._shown(document, query, language, labels) for document in page],
            **kwargs,
        )

    def _tabs(
        self, query: Query, kind: str, labels: dict[str, str], counts: Mapping[str, int]
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

    def _promoted(self, query: Query, language: str) -> list[dict[str, Any]]:
        return [
            {
                "title": highlighted(one.title, query),
                "description": highlighted(one.description, query),
                "url": one.url(self.request),
            }
            for one in promoted(query, language)
        ]

    def _meant(self, query: Query, language: str, counts: Mapping[str, int]) -> dict[str, str]:
        """A query that would find something, where this one finds nothing at all."""
        text = "" if counts else did_you_mean(query, language)
        return {"text": text, "url": _address(clean_query(text), "")} if text else {}

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


def suggestions(request: HttpRequest) -> HttpResponse:
    """Up to six titles for what stands in the box so far, as a part of a page. Two queries.

    The same for everybody, so that the browser and a proxy may keep it for a minute.
    """
    query = clean_query(request.GET.get("q", ""))
    language = (get_language() or "vi")[:2]
    found: dict[str, dict[str, str]] = {}
    if len(query.phrase) >= SHORTEST_SUGGESTED:
        for document in suggest(query, language)[: 2 * SUGGESTIONS].values(*SUGGESTED):
            if document["language"] == language:
                document["language"] = ""
            found.setdefault(document["title"], document)  # a page and its record are one
    context = {"suggestions": list(found.values())[:SUGGESTIONS]}
    answer = HttpResponse(render_to_string("search/suggestions.html", context))
    patch_cache_control(answer, public=True, max_age=60)
    return answer


def _address(query: Query, kind: str) -> str:
    parameters = QueryDict(mutable=True)
    parameters["q"] = query.text
    if kind:
        parameters["loai"] = kind
    return f"?{parameters.urlencode()}"
