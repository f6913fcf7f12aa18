"""Counting the searches that the page cache answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.search.counting import kept
from portal.search.finding import clean_query

HEADER = "X-Search-Counted"
"""On a page of results that counts as a search: its language and its hits. It stays inside."""


class CountKeptSearches:
    """Stands outside the page cache, which keeps the header with the page.

    The view counts what it draws itself, and says so on the request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        told = response.headers.get(HEADER)
        if told is None:
            return response
        del response.headers[HEADER]
        if not getattr(request, "search_is_counted", False):
            language, hits = told.split()
            kept.note(clean_query(request.GET.get("q", "")), language, int(hits))
        return response
