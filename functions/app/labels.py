"""The names of categories, institutions and areas, read from the texts of the routing table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


def labels_of(texts: Mapping[str, str]) -> Labels:
    """Labels from the texts of categories.csv, external.csv and kelurahan.csv."""
    pass

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
