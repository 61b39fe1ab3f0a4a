"""What a letter says out of politeness is left out, and nothing of its matter is."""

from __future__ import annotations

import pytest

from tests.sentences import sentences
from workflows.routing.text import without_formulas


def left_of(text: str) -> str:
    """The letters and spaces that are left, trimmed."""
    return " ".join("".join(c if c.isalnum() else " " for c in without_formulas(text)).split())


@pytest.mark.parametrize("polite", sentences("formulas", "a_polite_letter_reads_as"))
def test_a_polite_letter_reads_as_the_same_letter_without(polite: str) -> None:
    assert left_of(polite.format("lampu jalan mati")) == "lampu jalan mati"


@pytest.mark.parametrize("greeting", ["selamat siang, ", "permisi ", "izin lapor, ", "yth. ", "selamat pagi admin, "])
@pytest.mark.parametrize("who", ["pak rt 05", "bu rt 03", "bapak rw 2", "ibu rt05"])
def test_who_is_over_an_rt_is_no_reader_that_is_greeted(greeting: str, who: str) -> None:
    assert left_of(f"{greeting}{who} minta uang") == f"{who} minta uang"


@pytest.mark.parametrize("text", sentences("formulas", "thanks_and_mayors_that_are"))
def test_thanks_and_mayors_that_are_the_matter_stay(text: str) -> None:
    assert left_of(text) == left_of(text.replace(",", " ")) == text.replace(",", "")
