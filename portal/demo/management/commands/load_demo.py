"""`manage.py load_demo`: the demo season, dates relative to today."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core import clock
from portal.demo import loading

WIDTH = 40
LARGEST_SCALE = 1000


class Command(BaseCommand):
    help = "Loads the demo season into an empty database; does nothing when it stands there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", help="The demo's day, YYYY-MM-DD; today when not given.")
        parser.add_argument(
            "--if-empty", action="store_true", help="Leave a database in use alone."
        )
        parser.add_argument(
            "--scale", type=int, default=1, help="100 makes a province-sized data set."
        )
        parser.add_argument("--hostname", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if loading.is_loaded():
            self.stdout.write("The demo season is loaded already.")
            return
        try:
            today = loading.moment_of(options["today"]) if options["today"] else clock.now()
        except ValueError as error:
            raise CommandError("--today must look like 2026-11-23.") from error
        if not 1 <= options["scale"] <= LARGEST_SCALE:
            raise CommandError(f"--scale goes from 1 to {LARGEST_SCALE}.")
        self.done, self.all = 0, loading.STEPS + 2 * (options["scale"] - 1)
        try:
            loading.load(
                today,
                hostname=options["hostname"],
                port=options["port"],
                scale=options["scale"],
                step=self._step,
            )
        except loading.NotEmpty as error:
            if options["if_empty"]:
                self.stdout.write("The database is in use: the demo is not loaded.")
                return
            raise CommandError(f"The demo is not loaded: {error}") from error
        self._bar(1.0)
        self.stdout.write("\nThe demo season is loaded.")

    def _step(self) -> None:
        self.done += 1
        self._bar(min(self.done / self.all, 0.99))

    def _bar(self, share: float) -> None:
        full = int(share * WIDTH)
        self.stdout.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%}", ending="")
        self.stdout.flush()
