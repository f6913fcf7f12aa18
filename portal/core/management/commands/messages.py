"""`manage.py messages`: keep the Vietnamese catalogue in step with the code, without gettext.

Python files are read by Babel, templates through Django's own `templatize`. The catalogue holds
no dates, no line numbers and no machine paths, so that it changes only when a text changes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

SOURCE_FOLDERS = ("portal", "competitions", "startups", "events")
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
CATALOGUE = Path("portal/locale/vi/LC_MESSAGES/django.po")
# Where a template of ours repeats a package's words, the package's translation serves.
VENDOR_CATALOGUE = Path("portal/locale_vendor/vi/LC_MESSAGES/django.po")
METADATA = {
    "Project-Id-Version": "portal",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
# Which arguments of each marking function are the message, its plural and its context ("c").
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# %(name)s, %s and {name}; "%%" and "100 %" are not placeholders.
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-zA-Z]|\{\w*\}")

Key = tuple[str | None, str]  # context, message


@dataclass
class Message:
    """A text marked for translation, and the files it stands in."""

    context: str | None
    singular: str
    plural: str | None = None
    files: set[str] = field(default_factory=set)


class Command(BaseCommand):
    help = (
        "Brings the Vietnamese catalogue up to date with the code, or (--check) says what is amiss."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; list every missing, fuzzy or obsolete message and every "
            "placeholder that differs, and exit 1 if there is any",
        )

    def handle(self, *args, check, **options):
        catalogue = opened(settings.BASE_DIR / CATALOGUE)
        vendor = opened(settings.BASE_DIR / VENDOR_CATALOGUE)
        messages = without_vendor(marked_messages(settings.BASE_DIR), catalogue, vendor)
        if check:
            self.report([*differences(messages, catalogue), *flaws_of_all_catalogues()])
            return
        update(catalogue, messages)
        path = settings.BASE_DIR / CATALOGUE
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        untranslated = len(catalogue.untranslated_entries())
        self.stdout.write(f"{CATALOGUE}: {len(catalogue)} messages, {untranslated} untranslated")

    def report(self, problems):
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} things are amiss in the catalogues.")
        self.stdout.write("Every message has its Vietnamese text.")


def marked_messages(base: Path) -> dict[Key, Message]:
    """Every message marked in our Python files and templates.

    One message in both forms, with and without a plural, is one entry: gettext looks it up by
    context and singular alone.
    """
    found: dict[Key, Message] = {}
    for path, source in sources(base):
        for context, singular, plural in extracted(source):
            message = found.setdefault((context, singular), Message(context, singular))
            message.plural = message.plural or plural
            message.files.add(path.relative_to(base).as_posix())
    return found


def without_vendor(
    messages: dict[Key, Message], catalogue: polib.POFile, vendor: polib.POFile
) -> dict[Key, Message]:
    """The messages that need an entry of ours: the vendor's catalogue does not translate them."""
    ours = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    theirs = {(entry.msgctxt, entry.msgid) for entry in vendor.translated_entries()}
    return {key: message for key, message in messages.items() if key in ours or key not in theirs}


def sources(base: Path) -> Iterator[tuple[Path, bytes]]:
    """Each file that may hold messages, as Python source."""
    for folder in SOURCE_FOLDERS:
        for path in sorted((base / folder).rglob("*.py")):
            yield path, path.read_bytes()
    for path in sorted((base / "templates").rglob("*")):
        if path.suffix in TEMPLATE_SUFFIXES:
            yield path, as_python(path.read_text(encoding="utf-8")).encode()


def as_python(template: str) -> str:
    """The template's messages as calls that Python's tokenizer can read.

    `templatize` keeps the template's indentation, which means nothing in Python.
    """
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def extracted(source: bytes) -> Iterator[tuple[str | None, str, str | None]]:
    """The messages of one file: context, message, plural."""
    try:
        from babel.messages.extract import extract
    except ImportError as missing:
        raise CommandError("Babel is missing: install requirements-dev.txt.") from missing
    for _line, text, _comments, context in extract(
        "python", BytesIO(source), KEYWORDS, options={"encoding": "utf-8"}
    ):
        singular, plural = text if isinstance(text, tuple) else (text, None)
        yield context, singular, plural


def opened(path: Path) -> polib.POFile:
    """The catalogue at `path`, or an empty one where there is none yet."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = dict(METADATA)
    return catalogue


def update(catalogue: polib.POFile, messages: dict[Key, Message]) -> None:
    """Keep translations, add what is missing without one, drop what the code no longer says."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    catalogue.clear()
    for key, message in messages.items():
        entry = known.get(key) or polib.POEntry(msgctxt=message.context, msgid=message.singular)
        if message.plural and not entry.msgid_plural:
            entry.msgstr_plural, entry.msgstr = {0: entry.msgstr}, ""
        elif entry.msgid_plural and not message.plural:
            entry.msgstr, entry.msgstr_plural = entry.msgstr_plural.get(0, ""), {}
        entry.msgid_plural = message.plural or ""
        entry.occurrences = [(name, "") for name in sorted(message.files)]
        catalogue.append(entry)
    catalogue.sort(key=lambda entry: (entry.msgid.lower(), entry.msgid, entry.msgctxt or ""))


def differences(messages: dict[Key, Message], catalogue: polib.POFile) -> list[str]:
    """What the code says and the catalogue lacks, and the other way round, a line each."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    missing = [
        f"missing: {message.singular!r} ({', '.join(sorted(message.files))})"
        for key, message in messages.items()
        if key not in entries or bool(entries[key].msgid_plural) != bool(message.plural)
    ]
    obsolete = [f"obsolete: {message!r}" for _context, message in entries.keys() - messages.keys()]
    return missing + sorted(obsolete)


def flaws_of_all_catalogues() -> list[str]:
    """The flaws of our catalogue and of the one that overrides the packages' messages."""
    return [
        f"{path.relative_to(settings.BASE_DIR)}: {flaw}"
        for folder in settings.LOCALE_PATHS
        for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        for entry in opened(path)
        for flaw in flaws(entry)
    ]


def flaws(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one entry: no text, fuzzy, obsolete, or other placeholders."""
    if entry.obsolete:
        yield f"obsolete: {entry.msgid!r}"
        return
    if entry.fuzzy:
        yield f"fuzzy: {entry.msgid!r}"
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not texts or not all(texts):
        yield f"untranslated: {entry.msgid!r}"
        return
    # Vietnamese has one form, which stands for the plural and so must show the number.
    expected = placeholders(entry.msgid_plural or entry.msgid)
    for text in texts:
        if placeholders(text) != expected:
            yield f"placeholders {expected} expected in {text!r}"


def placeholders(text: str) -> list[str]:
    """The named and plain placeholders of a text, sorted, so that word order is free."""
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))
