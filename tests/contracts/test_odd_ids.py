"""What an operator's form names is refused, and no mistake of ours, where it could be no id of a document."""

from __future__ import annotations

import pytest

from tests.workflows.world import World
from workflows.citizen.data_requests import answer
from workflows.domain.privacy.data_request import DataAnswer
from workflows.errors import InvalidInput
from workflows.office.mailbox_check import write_down_call
from workflows.ports import Store

NO_IDS = ("", ".", "..", "/", "a/b", "A/B", "__x__", "x" * 2000)


@pytest.mark.parametrize("typed", NO_IDS)
def test_a_request_and_a_mailbox_that_cannot_be(store: Store, typed: str) -> None:
    services = World(store).services  # type: ignore[arg-type]
    for reference in (typed, f"{typed}.copy"):
        with pytest.raises(InvalidInput):
            answer(services, reference, DataAnswer("done", "Sudah."))
    with pytest.raises(InvalidInput):
        write_down_call(services, typed)
