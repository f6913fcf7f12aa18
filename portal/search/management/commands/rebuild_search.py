"""Write the documents of the search anew, and its copy in OpenSearch."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.search import opensearch
from portal.search.indexing import rebuild


class Command(BaseCommand):
    help = (
        "Asks every app for its documents and mends the search's index, as happens once an hour; "
        "fills OpenSearch where SEARCH_URL is set. Safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} documents")
        if settings.SEARCH_URL:
            self.stdout.write(self._opensearch())

    def _opensearch(self) -> str:
        try:
            opensearch.ask_opensearch()
        except opensearch.Away as away:
            return f"OpenSearch cannot answer, the database answers: {away}"
        return "OpenSearch answers, with the same documents"
