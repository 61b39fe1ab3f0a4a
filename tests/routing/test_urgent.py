"""Danger to life or limb marks a letter urgent; the same words in peace do not."""

from __future__ import annotations

import pytest

from tests.routing.given import decided
from tests.sentences import sentences


@pytest.mark.parametrize(("text", "danger"), sentences("urgent", "danger"))
def test_danger_in_either_language_is_urgent_and_says_which(text: str, danger: str) -> None:
    decision = decided(text)
    assert decision.urgent
    assert f"mendesak: {danger}" in decision.why


@pytest.mark.parametrize("text", sentences("urgent", "about_to_fall"))
def test_what_is_about_to_fall_or_fell_on_somebody_is_urgent(text: str) -> None:
    assert decided(text).urgent


@pytest.mark.parametrize("text", sentences("urgent", "peace"))
def test_an_ordinary_matter_and_words_of_danger_in_peace_are_not(text: str) -> None:
    assert not decided(text).urgent


def test_urgency_does_not_depend_on_knowing_the_department() -> None:
    decision = decided("tolong dia tidak sadarkan diri")
    assert (decision.urgent, decision.confident) == (True, False)


@pytest.mark.parametrize("text", ["saya ingin bunuh diri", "anak saya mau mengakhiri hidup", "I will kill myself"])
def test_who_wants_to_die_is_not_sent_to_the_police(text: str) -> None:
    decision = decided(text)
    assert decision.urgent
    assert decision.opd in ("DINKES", "DESK")
    assert decision.external is None
