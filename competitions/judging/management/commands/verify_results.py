"""`manage.py verify_results FILE`: does a published ranking follow from its sealed file?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from competitions.judging.models import ResultDecision
from competitions.judging.verifying import verify


class Command(BaseCommand):
    help = "Recomputes a published ranking from its sealed file. Exit code 0 when all is well."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The JSON file that a results page offers.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        report = verify(content)
        self.stdout.write(f"SHA-256 {report.sha256}")
        for check in report.checks:
            self.stdout.write(f"{'ok   ' if check.passed else 'WRONG'} {check.title}")
            for problem in check.problems:
                self.stdout.write(f"      {problem}")
        if not report.passed:
            raise CommandError("The ranking does not follow from this file.")
        self.stdout.write(self._known_as(report.sha256))

    def _known_as(self, sha256: str) -> str:
        """A file that agrees with itself may still be forged: only the published hash tells."""
        published = ResultDecision.objects.filter(
            state=ResultDecision.State.PUBLISHED, sealed_sha256=sha256
        ).defer("sealed")
        if decision := published.first():
            return f"This portal published it with decision {decision.number}."
        return (
            "This portal did not publish it. Compare the SHA-256 above with the one on the "
            "results page."
        )
