"""All that the clock causes. Safe to run every minute, and twice at once."""

import logging
import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from portal.core import clock
from portal.core.extension_points import providers

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publish what is scheduled, send reminders, expire what is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="Go on until stopped, with this pause."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["every"] is None:
            if failed := self._run():
                raise CommandError(f"{failed} part(s) failed; the log says why.")
            return
        if options["every"] < 1:
            raise CommandError("--every takes a whole number of seconds, at least 1.")
        self._go_on(options["every"])

    def _go_on(self, seconds: int) -> None:
        stopped = threading.Event()

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while not stopped.is_set():
            self._run()
            close_old_connections()
            stopped.wait(seconds)

    def _run(self) -> int:
        """Do everything that is due; answer how many parts failed. One never stops the others."""
        failed = 0
        moment = clock.now()
        for provide in providers("portal_run_due"):
            try:
                for work in provide(moment):
                    if work.done:
                        logger.info("%s: %s", work.name, work.done)
            except Exception:
                logger.exception("%s.%s failed", provide.__module__, provide.__qualname__)
                failed += 1
        try:
            call_command("publish_scheduled")
        except Exception:
            logger.exception("publish_scheduled failed")
            failed += 1
        return failed
