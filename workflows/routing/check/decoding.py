"""The bytes of a file as a spreadsheet saved it → its text and the character between its cells."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from workflows.routing.check.finding import Finding

SEPARATORS = ",;\t"
_WAY_OUT = "simpan lagi dari lembar kerja sebagai “CSV UTF-8”"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(name: str, raw: bytes) -> tuple[str, list[Finding]]:
    """The text without its BOM; what is not UTF-8 is told, and read as well as it can be."""
    if raw.startswith(_UTF_16):
        return raw.decode("utf-16", "replace"), [
            Finding(name, 1, 1, "", "berkas ini UTF-16, bukan UTF-8", _WAY_OUT)
        ]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        message = f"huruf di sini (bita 0x{raw[error.start]:02X}) bukan UTF-8"
        return raw.decode("cp1252", "replace"), [Finding(name, line, column, "", message, _WAY_OUT)]


def separator(text: str, columns: Iterable[str]) -> str:
    """Comma, semicolon (Excel in Indonesian) or tab: whichever makes the head line read best."""
    head, known = text.split("\n", 1)[0].casefold(), set(columns)
    return max(SEPARATORS, key=lambda mark: len(known & {cell.strip(' "\r') for cell in head.split(mark)}))
