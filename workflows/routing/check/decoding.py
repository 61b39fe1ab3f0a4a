"""The bytes of a file as a spreadsheet saved it → its text and the character between its cells."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from workflows.routing.check.finding import Finding

SEPARATORS = ",;\t"
WAY_OUT = "simpan lagi dari lembar kerja sebagai “CSV UTF-8”"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets themselves begin: .xlsx and .ods, .xls."""


def decode(name: str, raw: bytes) -> tuple[str, list[Finding]]:
    """The text without its BOM; what is not UTF-8 is told, and read as well as it can be; a workbook has none."""
    if raw.startswith(_WORKBOOKS):
        return "", [Finding(name, 1, 1, "", "berkas ini buku kerja Excel, bukan CSV", WAY_OUT)]
    if raw.startswith(_UTF_16) or b"\0" in raw[:2]:
        told = [Finding(name, 1, 1, "", "berkas ini tersimpan sebagai UTF-16", WAY_OUT)]
        return raw.decode(_utf_16(raw), "replace"), told
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        message = f"huruf di sini (bita 0x{raw[error.start]:02X}) bukan UTF-8"
        return raw.decode("cp1252", "replace"), [Finding(name, line, column, "", message, WAY_OUT)]


def is_workbook(name: str) -> bool:
    """By its name it is a file of a spreadsheet itself, not what it exports."""
    return name.casefold().endswith((".xlsx", ".xls", ".ods"))


def _utf_16(raw: bytes) -> str:
    """The codec of UTF-16 text, which may have lost its BOM: its letters have a zero byte before or behind."""
    if raw.startswith(_UTF_16):
        return "utf-16"
    return "utf-16-be" if raw[0] == 0 else "utf-16-le"


def separator(text: str, columns: Iterable[str]) -> str:
    """Comma, semicolon (Excel in Indonesian) or tab: whichever makes the head line read best."""
    head, known = text.split("\n", 1)[0].casefold(), set(columns)
    return max(SEPARATORS, key=lambda mark: len(known & {cell.strip(' "\r') for cell in head.split(mark)}))
