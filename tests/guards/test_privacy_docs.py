"""The record of processing names every place that an erasure knows, and the policy's own numbers."""

from __future__ import annotations
import re
from pathlib import Path

import pytest

from cli.personal_data import PLACES
from tests.builders import POLICY

ROOT = Path(__file__).parents[2]
RECORD = (ROOT / "docs" / "privacy" / "ropa.md").read_text("utf-8")
ROW = re.compile(r"^\| [^|]*`([a-z_]+)`", re.MULTILINE)
CALLED = {"complaint": "complaints", "reporter": "reporters", "letters": "mail", "mails": "inbound"}
"""The record's name for a place, where it is another than the command's."""


@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_a_row(place: str) -> None:
    assert CALLED.get(place, place) in ROW.findall(RECORD)


@pytest.mark.parametrize(
    "told",
    [
        f"{POLICY.retention.contact_months} bulan sesudah akhir laporan",
        f"foto: {POLICY.retention.photo_months} bulan sesudah akhir",
        f"| {POLICY.retention.raw_mail.days} hari |",
    ],
)
def test_it_says_what_the_policy_says(told: str) -> None:
    assert told in RECORD
