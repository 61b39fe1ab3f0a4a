"""The name of who writes is hidden in the own words wherever others read them, and nothing else is."""

from __future__ import annotations
import statistics
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import complaint
from tests.sentences import sentences
from workflows.domain.complaint.geo_keys import streets
from workflows.domain.intake.submission import Submission, read_submission, tidy
from workflows.domain.privacy.redaction import (
    MASK,
    mask_identifiers,
    names_in,
    redact_name,
    tag_reporter_name,
    untagged,
)
from workflows.routing.route_complaint import letter_of

pytestmark = pytest.mark.slow

NAME = "Budi Santoso"


@pytest.mark.parametrize(("text", "name", "read"), sentences("own_name", "whole"))
def test_what_others_read(text: str, name: str, read: str) -> None:
    marked = tag_reporter_name(text, name)
    assert redact_name(marked) == mask_identifiers(marked) == read
    assert untagged(marked) == text


@pytest.mark.parametrize(
    ("text", "name", "read"), [row for how in ("short", "shortened", "spelling") for row in sentences("own_name", how)]
)
def test_short_shortened_and_foreign_names_are_hidden_as_well(text: str, name: str, read: str) -> None:
    assert redact_name(tag_reporter_name(text, name)) == read


HOSTILE = (
    "Ayu " * 1250,
    "Ayu Ayux " * 555,
    "saya " * 1000,
    "saya........" * 416,
    "M. " * 1666,
    "M.M.M." * 833,
    "nama saya bernama lengkap " * 192,
    "Jl. H. " * 714,
    "Muhammad Moh " * 384,
    "a" * 5000,
    "Ayu---" * 833,
    "oleh h h h h h " * 333,
    "Ayu pelapo " * 454,
)
PLAIN = "Got di depan gang kami mampet sejak kemarin, mohon segera dibersihkan. " * 70


@pytest.mark.parametrize("name", ["Ayu Eka", "M. Muhammad Abdul Siti Ayu Al Di Nur'aini Eka Adi Rizki " * 2])
def test_hostile_texts_take_no_more_than_a_little_longer(name: str) -> None:
    taken = {text: min(timed(text, name) for _ in range(3)) for text in (*HOSTILE, PLAIN)}
    assert max(taken.values()) < 10 * max(statistics.median(taken.values()), taken[PLAIN])


def timed(text: str, name: str) -> float:
    began = time.perf_counter()
    tag_reporter_name(text[:5000], name[:100])
    return time.perf_counter() - began


@given(st.text(max_size=80), st.text(max_size=40))
def test_its_writer_reads_what_was_typed_and_marking_twice_marks_once(text: str, name: str) -> None:
    text = tidy(text)
    marked = tag_reporter_name(text, name)
    assert untagged(marked) == text
    assert tag_reporter_name(marked, name) == marked
    assert "\ufff9" not in redact_name(marked) and "\ufffb" not in redact_name(marked)


def sent(**fields: str) -> Submission:
    return read_submission({"message": f"Lampu mati, saya {NAME}.", "name": NAME, **fields}, lambda _: None)


def test_the_form_marks_it_also_where_the_name_itself_is_not_kept() -> None:
    for visibility in ("confidential", "public", "anonymous"):
        taken = sent(visibility=visibility, place="Rumah Budi Santoso, Jl. Merdeka 5")
        assert names_in(taken.message) == names_in(taken.place) == (NAME,)
    assert taken.name == ""
    assert streets(taken.place) == streets("Rumah, Jl. Merdeka 5")
    assert tidy(f"\ufff9x\ufffb {NAME}") == f"x {NAME}"


def test_the_router_reads_the_words_as_they_were_written() -> None:
    case = complaint(text=tag_reporter_name(f"Saya {NAME}.", NAME), place=tag_reporter_name(NAME, NAME))
    assert (letter_of(case).text, letter_of(case).place) == (f"Saya {NAME}.", NAME)


def test_an_address_with_the_name_in_it_is_hidden_as_an_address() -> None:
    marked = tag_reporter_name("Hubungi budi.santoso@contoh.example, saya Santoso", NAME)
    assert mask_identifiers(marked) == f"Hubungi [email disamarkan], saya {MASK}"
