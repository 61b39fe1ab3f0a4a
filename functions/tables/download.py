"""The files of a routing table in one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from functions.tables.spreadsheet import for_excel

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
