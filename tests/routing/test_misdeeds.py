"""What anybody may do accuses the officials who do it: past the till, sold, taken home, a blow, drink on duty."""

from __future__ import annotations

import pytest

from tests.routing.given import decided, named
from tests.sentences import sentences


@pytest.mark.parametrize(("text", "accuses"), sentences("misdeeds", "what_officials_do_wrong_goes"))
def test_what_officials_do_wrong_goes_past_their_office_to_few_eyes(text: str, accuses: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses, decision.restricted) == ("INSPEKTORAT", accuses, True)
    assert accuses not in named(decision)


@pytest.mark.parametrize("text", sentences("misdeeds", "what_only_sounds_like_it"))
def test_what_only_sounds_like_it_accuses_nobody(text: str) -> None:
    decision = decided(text)
    assert (decision.accuses, decision.restricted) == (None, False)
    assert decision.opd != "INSPEKTORAT"
