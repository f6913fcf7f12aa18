"""Write the database and all files into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.backing_up import BadBackup, back_up


class Command(BaseCommand):
    help = "Write the database and all files into a new folder, each part with its hash."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            written = back_up(folder)
        except BadBackup as bad:
            raise CommandError(str(bad)) from bad
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}") from error
        self.stdout.write(f"{folder}: {written['rows']} rows, {written['files']} files.")
