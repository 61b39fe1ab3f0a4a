"""The names of categories, institutions and areas, read from the routing table's files."""

from __future__ import annotations

import csv
from pathlib import Path

from functions.views.context import Labels


def read_labels(folder: Path) -> Labels:
    """Labels from categories.csv, external.csv and kelurahan.csv of a routing table's folder."""
    return Labels(
        categories={r["code"]: (r["label_id"], r["label_en"]) for r in _rows(folder / "categories.csv")},
        institutions={r["code"]: (r["name"], r.get("how") or "") for r in _rows(folder / "external.csv")},
        kelurahan={r["code"]: (r["kelurahan"], r["kecamatan"]) for r in _rows(folder / "kelurahan.csv")},
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
