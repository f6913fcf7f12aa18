"""Put a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.core.backing_up import BadBackup, restore


class Command(BaseCommand):
    help = (
        "Put back a folder that `backup` wrote, after checking every hash. Stop the portal first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="Overwrite a portal that holds accounts."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            written = restore(folder, replace=options["replace"])
        except BadBackup as bad:
            raise CommandError(str(bad)) from bad
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}") from error
        call_command("update_index", verbosity=0)
        self.stdout.write(
            f"{folder}: {written['rows']} rows and {written['files']} files restored."
        )
