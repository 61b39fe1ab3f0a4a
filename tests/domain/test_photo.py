"""Photos of a case: numbers that are never used twice, and what a line of the timeline says of them."""

from __future__ import annotations
from dataclasses import replace

from tests.builders import MONDAY, complaint
from workflows.domain.complaint.model import from_document, to_document
from workflows.domain.complaint.records import LeftOut, PhotoFacts, entry_facts, numbered, small

FIRST = PhotoFacts(1, "citizen", "0" * 32, None, "LKS-A.jpg", 1600, 1200)
NEW = PhotoFacts(0, "department", "f" * 32, MONDAY, "LKS-B.jpg", 800, 600)


def test_photos_are_numbered_in_the_order_they_came() -> None:
    assert [photo.n for photo in numbered((), (NEW, NEW))] == [1, 2]
    assert numbered((FIRST,), (NEW,)) == (FIRST, replace(NEW, n=2))


def test_the_number_of_a_photo_that_was_taken_away_is_not_given_to_another() -> None:
    assert [photo.n for photo in numbered((replace(FIRST, n=4),), (NEW,))] == [4, 5]


def test_a_line_of_the_timeline_names_its_photos_and_what_was_left_out() -> None:
    assert entry_facts([FIRST], [LeftOut(2, "damaged")]) == {"photos": [1], "left_out": [{"n": 2, "why": "damaged"}]}
    assert entry_facts([]) == {}


def test_the_thumbnail_lies_beside_its_photo() -> None:
    assert small("LKS-7K2M-Q9FD-4-a_b-c.jpg") == "LKS-7K2M-Q9FD-4-a_b-c.k.jpg"


def test_a_case_comes_back_with_its_photos() -> None:
    case = complaint(photos=(FIRST, replace(NEW, n=2)))
    assert from_document(to_document(case)) == case


def test_a_case_of_an_earlier_release_has_none() -> None:
    document = to_document(complaint())
    del document["photos"]
    assert from_document(document).photos == ()
