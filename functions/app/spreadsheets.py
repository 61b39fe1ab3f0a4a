"""CSV as Excel in Indonesia opens it by a double click.

Semicolons and a BOM: where the comma is the decimal mark, Excel reads a file with commas as one column, and one
without a BOM with broken letters. LibreOffice and Google read both.

The files of a routing table in one archive.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from workflows.routing.check.sheet import harmless

SEPARATOR = ";"
BOM = "\ufeff"


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows as a file's text."""
    out = io.StringIO()
    csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n").writerows(rows)
    return BOM + out.getvalue()


def for_excel(text: str) -> str:
    """A CSV with commas, cell by cell, each as text."""
    rows = csv.reader(io.StringIO(text, newline=""))
    return csv_text([harmless(cell) for cell in row] for row in rows)


DOWNLOAD = "berkas"
"""In a page's address: the file that is wanted of it, or ALL."""
ALL = "semua"
_ANY_DAY = (2000, 1, 1, 0, 0, 0)
"""The same table gives the same archive."""


def archive(texts: Mapping[str, str]) -> bytes:
    """A zip of every file, each as Excel in Indonesia opens it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in sorted(texts.items()):
            zipped.writestr(zipfile.ZipInfo(name, _ANY_DAY), for_excel(text), zipfile.ZIP_DEFLATED)
    return out.getvalue()
