"""Make the first page tree of a province's portal."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal.pages.founding import found_site


class Command(BaseCommand):
    help = "Creates both languages, the home pages and the site's settings. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--url", default=settings.SITE_URL, help="Address of the site; SITE_URL when left out."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        address = urlsplit(options["url"])
        port = address.port or (443 if address.scheme == "https" else 80)
        home = found_site(address.hostname or "localhost", port)
        self.stdout.write(f"{home.title}: {home.full_url}")
