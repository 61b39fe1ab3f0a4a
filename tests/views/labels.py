"""The labels of the tests' own routing table, for pages and mails."""

from __future__ import annotations

from functions.app.routing_tables import labels_of
from tests.builders import DATA

_FILES = ("categories.csv", "external.csv", "kelurahan.csv")
LABELS = labels_of({name: (DATA / "routing" / name).read_text(encoding="utf-8") for name in _FILES})
