"""Names of categories, institutions and areas, read from the texts of the routing table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import NamedTuple


class Labels(NamedTuple):
    """The names that people read for codes of the routing table."""

    categories: dict[str, tuple[str, str]]  # code → Indonesian, English
    institutions: dict[str, tuple[str, str]]  # code → name, how to reach it
    kelurahan: dict[str, tuple[str, str]]  # dotted code → kelurahan, kecamatan

    def category(self, code: str | None, lang: str = "id") -> str:
        """The label of a category; never a word of the complaint."""
        indonesian, english = self.categories.get(code or "", ("", ""))
        return english if lang == "en" else indonesian

    def institution(self, code: str) -> tuple[str, str]:
        """(name, how to reach it); for free text (the text, '')."""
        return self.institutions.get(code, (code, ""))

    def area(self, code: str | None) -> str:
        """“Kel. Cikokol, Kec. Tangerang”, or ''."""
        kelurahan, kecamatan = self.kelurahan.get(code or "", ("", ""))
        return f"Kel. {kelurahan}, Kec. {kecamatan}" if kelurahan else ""


def labels_of(texts: Mapping[str, str]) -> Labels:
    """Labels from the texts of categories.csv, external.csv and kelurahan.csv."""

    return Labels(
        categories={r["code"]: (r["label_id"], r["label_en"]) for r in _rows(texts["categories.csv"])},
        institutions={r["code"]: (r["name"], r.get("how") or "") for r in _rows(texts["external.csv"])},
        kelurahan=kelurahan_of(texts["kelurahan.csv"]),
    )


def kelurahan_of(text: str) -> dict[str, tuple[str, str]]:
    """Kelurahan and kecamatan by dotted code, from the text of kelurahan.csv alone."""
    return {r["code"]: (r["kelurahan"], r["kecamatan"]) for r in _rows(text)}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
