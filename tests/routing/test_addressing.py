"""Whom a letter turns to, told from whom it speaks of."""

from __future__ import annotations
from time import perf_counter

import pytest

from tests.sentences import sentences
from workflows.domain.intake.submission import MESSAGE_MAX
from workflows.routing.conflict.matches import is_addressed

LONG = 0.2  # seconds, even on a busy machine


@pytest.mark.parametrize("text", sentences("addressing", "a_letter_turns_to_the"))
def test_a_letter_turns_to_the_inspektorat(text: str) -> None:
    assert is_addressed(text, "inspektorat")


@pytest.mark.parametrize("text", sentences("addressing", "a_letter_speaks_of_the"))
def test_a_letter_speaks_of_the_inspektorat_or_not_at_all(text: str) -> None:
    assert not is_addressed(text, "inspektorat")


@pytest.mark.parametrize("text", ["Pak Wali Kota, tolong", "pak walikota tolong", "Yth. Bapak Walikota Tangerang,"])
def test_the_mayor_s_title_is_written_in_two_ways(text: str) -> None:
    assert is_addressed(text, "wali kota")


@pytest.mark.parametrize("piece", ["mohon ", "inspektorat ", "pak, ", "...", "lapor ke ", "aduan aduan "])
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * MESSAGE_MAX)[:MESSAGE_MAX] + " inspektorat"
    begun = perf_counter()
    is_addressed(text, "inspektorat")
    assert perf_counter() - begun < LONG
