"""Load a list of administrative units, showing the difference first."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core import clock, unit_lists
from portal.core.models import AdministrativeUnit
from portal.core.unit_lists import BadList, Difference

_SHOWN = 40
"""Lines of each kind that are shown; the rest is counted."""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date of the form 2026-04-30") from None


class Command(BaseCommand):
    help = "Load a CSV of administrative units (code, name, full_name, type, province_code)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--level", choices=AdministrativeUnit.Level.values, default="commune")
        parser.add_argument("--parent", default="", help="Province code of all units in the list.")
        parser.add_argument("--valid-from", type=_day, help="In force from, as 2026-04-30.")
        parser.add_argument("--legal-basis", default="", help="Number and date of the resolution.")
        parser.add_argument("--yes", action="store_true", help="Do not ask.")
        parser.add_argument("--dry-run", action="store_true", help="Show the difference only.")

    def handle(self, *args: Any, **options: Any) -> None:
        level, day = options["level"], options["valid_from"] or clock.today()
        try:
            content = options["file"].read_bytes()
            rows = unit_lists.read_list(content, level, parent=options["parent"])
            found = unit_lists.difference(rows, level, day)
            self._show(found)
            if options["dry_run"] or not found:
                return
            if not options["yes"] and not self._agreed():
                self.stdout.write("Nothing was changed.")
                return
            unit_lists.apply(found, level, valid_from=day, legal_basis=options["legal_basis"])
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except BadList as bad:
            raise CommandError(f"{options['file']}: {bad}") from bad
        self.stdout.write(f"Done. In force from {day:%d/%m/%Y}.")

    def _show(self, found: Difference) -> None:
        parts = {
            "New": [f"{row.code} {row.full_name}" for row in found.new],
            "Changed": [
                f"{row.code} {unit.full_name} → {row.full_name}"
                + ("" if unit.full_name != row.full_name else " (kind or province)")
                for unit, row in found.changed
            ],
            "Gone": [f"{unit.code} {unit.full_name}" for unit in found.gone],
        }
        for title, lines in parts.items():
            self.stdout.write(f"{title}: {len(lines)}")
            for line in lines[:_SHOWN]:
                self.stdout.write(f"  {line}")
            if len(lines) > _SHOWN:
                self.stdout.write(f"  … and {len(lines) - _SHOWN} more")
        self.stdout.write(f"Unchanged: {found.same}")

    def _agreed(self) -> bool:
        try:
            return input("Write this? [y/N] ").strip().lower() in {"y", "yes", "c", "có"}
        except EOFError:
            return False
