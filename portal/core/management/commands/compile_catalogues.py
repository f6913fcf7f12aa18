"""`manage.py compile_catalogues`: turn our .po files into the .mo files Django reads.

Pure Python, because a fresh machine has no gettext. The .mo files are never committed.
"""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compiles every catalogue of the portal that changed since it was last compiled."
    requires_system_checks = ()  # runs before the first migration

    def handle(self, *args, **options):
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                if compile_catalogue(source):
                    self.stdout.write(f"Compiled {source.relative_to(settings.BASE_DIR)}")


def compile_catalogue(source: Path) -> bool:
    """Write the .mo beside `source` unless it is newer already; True when written."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return False
    # Moved into place whole: a server that starts meanwhile never reads half a catalogue.
    unfinished = target.with_suffix(".mo.unfinished")
    polib.pofile(str(source)).save_as_mofile(str(unfinished))
    unfinished.replace(target)
    return True
