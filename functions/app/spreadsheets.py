"""CSV for Excel in Indonesia by double click: semicolons and a BOM. Where the comma is the decimal mark, Excel
reads a file with commas as one column, and one without a BOM with broken letters. LibreOffice and Google read
both. Also packs a routing table's files into one archive.
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
    """The rows as the text of a file."""
    out = io.StringIO()
    csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n").writerows(rows)
    return BOM + out.getvalue()


def for_excel(text: str) -> str:
    """A comma-separated CSV converted cell by cell, each as text."""
    rows = csv.reader(io.StringIO(text, newline=""))
    return csv_text([harmless(cell) for cell in row] for row in rows)


DOWNLOAD = "berkas"
"""Query parameter: the requested file, or ALL."""
ALL = "semua"
_ANY_DAY = (2000, 1, 1, 0, 0, 0)
"""A fixed date, so that the same table gives the same archive."""


def archive(texts: Mapping[str, str]) -> bytes:
    """A zip of all files, each in the format for Excel in Indonesia."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in sorted(texts.items()):
            zipped.writestr(zipfile.ZipInfo(name, _ANY_DAY), for_excel(text), zipfile.ZIP_DEFLATED)
    return out.getvalue()
