"""The labels of a routing table's folder, for the pages and mails of the tests."""

from __future__ import annotations

from pathlib import Path

from functions.views.context import Labels
from functions.views.labels import labels_of


def read_labels(folder: Path) -> Labels:
    names = ("categories.csv", "external.csv", "kelurahan.csv")
    return labels_of({name: (folder / name).read_text(encoding="utf-8") for name in names})
