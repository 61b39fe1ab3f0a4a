"""The town that is counted and priced is a thing of its own, whatever the shell is set to."""

from __future__ import annotations
import os
from pathlib import Path

import pytest

from tests.bench.cost.town import town_in

OF_A_CITY = {
    "SMTP_URL": "smtp://mail.example",
    "LAKSA_URL": "https://laksa.example",
    "LAKSA_STACK": "google",
    "FIRESTORE_EMULATOR_HOST": "127.0.0.1:1",
    "PORT": "none",
}


def test_no_letter_of_a_measured_town_leaves_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OF_A_CITY.items():
        monkeypatch.setenv(name, value)
    with town_in(tmp_path / "laksa") as town:
        assert town.runtime.settings.nothing_is_real
        assert town.runtime.settings.url == "http://127.0.0.1:8080"
    assert {name: os.environ.get(name) for name in OF_A_CITY} == OF_A_CITY
