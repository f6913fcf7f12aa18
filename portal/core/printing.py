"""Documents to print, set by Typst: selectable Vietnamese text in the portal's own letters.

What people wrote enters as data and is never read as markup. Same data, same bytes.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

FONTS = Path(__file__).parent / "pdf_fonts"
TEMPLATE, DATA = "document.typ", "data.json"


def pdf(template: Path, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of a Typst template, which reads `data` from `data.json` and `files` by name.

    Documents that were set lately are kept in this process.
    """
    told = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return _set(template, told, tuple(sorted((files or {}).items())))


@lru_cache(maxsize=64)
def _set(template: Path, data: str, files: tuple[tuple[str, bytes], ...]) -> bytes:
    with TemporaryDirectory(prefix="portal-print-") as name:
        folder = Path(name)
        (folder / TEMPLATE).write_bytes(template.read_bytes())
        (folder / DATA).write_text(data, encoding="utf-8")
        for file, content in files:
            (folder / file).write_bytes(content)
        # The day of setting is nobody's business, and would make every copy another one.
        written: bytes = typst.compile(
            str(folder / TEMPLATE),
            root=str(folder),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            timestamp=datetime(2000, 1, 1, tzinfo=UTC),
        )
    return written
