"""Who hears of a request about one's own data where the desk must not."""

from __future__ import annotations
from typing import Any

import pytest

from tests.builders import complaint
from workflows.domain.access import office_of
from workflows.domain.complaint.model import State


def accusing(opd: str, *kept_out: str) -> dict[str, Any]:
    return {"desk": False, "opd": opd, "accuses": "DISKOMINFO", "kept_out": ["DISKOMINFO", *kept_out]}


@pytest.mark.parametrize(
    ("state", "decision", "office"),
    [
        (State.AT_DESK, {"opd": "DLH"}, ""),
        (State.IN_PROGRESS, accusing("INSPEKTORAT"), "DLH"),
        (State.EXTERNAL, accusing("INSPEKTORAT"), "INSPEKTORAT"),
        (State.EXTERNAL, accusing("EXTERNAL"), "INSPEKTORAT"),
        (State.EXTERNAL, accusing("EXTERNAL", "INSPEKTORAT"), "SEKDA"),
        (State.EXTERNAL, accusing("EXTERNAL", "INSPEKTORAT", "SEKDA"), "SEKDA"),
    ],
)
def test_somebody_with_a_mailbox_in_the_city_hears_of_it(state: str, decision: dict[str, Any], office: str) -> None:
    assert office_of(complaint(state, decision=decision)) == office
