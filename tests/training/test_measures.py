"""What is counted as what, on a handful of decisions each."""

from __future__ import annotations

import pytest

from tests.sentences import sentences
from tests.training.given import decided, label
from workflows.training.cross import Decided
from workflows.training.measures import (
    AIMS,
    Share,
    accusations,
    accused,
    confusions,
    departments,
    headline,
    held_half,
    kind_right,
    kinds,
    passed_over,
    reached,
    urgency,
    worst,
)

FOUR = [
    decided(label("DLH"), "DLH"),
    decided(label("DLH", "PUPR"), "PUPR", 0.7),
    decided(label("KEC"), "PUPR", 0.5, "KEC-CILEDUG"),
    decided(label("DISHUB", id="wrong"), "DLH", 0.8, "PUPR", "PERKIM", "DISHUB"),
]


def test_exact_right_top_three_automatic_and_precision_are_counted_apart() -> None:
    found = headline(FOUR)
    assert (found.letters, found.exact, found.right, found.top) == (4, Share(1, 4), Share(2, 4), Share(3, 4))
    assert (found.automatic, found.precision) == (Share(3, 4), Share(2, 3))


def test_an_aim_wants_the_automatic_letters_right_as_well() -> None:
    floor, aim = AIMS
    good = headline([decided(label("DLH"), "DLH")] * 13 + [decided(label("DLH"), "DLH", 0.5)] * 7)
    assert reached(good, floor) == (True, True, True, True)
    assert reached(good, aim) == (True, True, True, False)
    assert reached(headline(FOUR), floor) == (False, False, False, False)


def test_a_department_is_measured_over_its_letters_and_decisions() -> None:
    found = {d.opd: d for d in departments(FOUR)}
    assert (found["DLH"].letters, found["DLH"].exact, found["DLH"].right) == (2, Share(1, 2), Share(2, 2))
    assert (found["DLH"].precision, found["PUPR"].precision) == (Share(1, 2), Share(1, 2))
    assert (found["PUPR"].letters, found["KEC"].automatic) == (0, Share(0, 1))
    assert [d.opd for d in departments(FOUR)] == ["DLH", "DISHUB", "KEC", "PUPR"]


def test_confusions_are_wrong_decisions_commonest_first() -> None:
    assert confusions([*FOUR, FOUR[2]]) == [("KEC", "PUPR", 2, 0), ("DISHUB", "DLH", 1, 1)]
    assert len(confusions(FOUR, most=1)) == 1


def test_urgency_and_accusations_are_found_or_said_falsely() -> None:
    alarm = [
        decided(label(urgent=True), "DLH", urgent=True),
        decided(label(urgent=True), "DLH"),
        decided(label(), "DLH", urgent=True),
        decided(label("INSPEKTORAT"), "INSPEKTORAT"),
    ]
    assert (urgency(alarm).found, urgency(alarm).false) == (Share(1, 2), Share(1, 2))
    assert (accusations(alarm).found, accusations(alarm).false) == (Share(1, 1), Share(0, 1))


def test_an_accused_office_is_named_shown_to_the_desk_or_sent_the_letter() -> None:
    letter = label("INSPEKTORAT", accuses="KEC")
    letters = [
        decided(letter, "INSPEKTORAT", accuses="KEC-PINANG"),
        decided(letter, "KEC-PINANG", 0.9),
        decided(letter, "DLH", 0.3, "KEC-PINANG"),
        decided(label(), "DLH"),
    ]
    found = accused(letters)
    assert (found.named, found.shown, found.sent) == (Share(1, 3), Share(2, 3), Share(1, 3))


@pytest.mark.parametrize(("kind", "opd", "said", "right"), sentences("measures", "a_kind_is_right_when_the"))
def test_a_kind_is_right_when_the_label_means_it(kind: str, opd: str, said: str, right: bool) -> None:
    assert kind_right(decided(label(opd, kind=kind), opd, kind=said)) is right


def test_kinds_are_counted_and_a_matter_taken_for_thanks_is_no_kind() -> None:
    letters = [decided(label(), "DLH", kind="terima_kasih"), decided(label("DESK", kind="unclear"), "DESK")]
    assert kinds(letters) == [("all", Share(0, 2)), ("complaint", Share(0, 1)), ("unclear", Share(0, 1))]
    assert passed_over(letters) == Share(1, 1)


def test_the_worst_are_wrong_and_sent_then_wrong_and_unsure() -> None:
    letters = [decided(label("KEC", id=id), "DLH", chance) for id, chance in (("b", 0.4), ("c", 0.7), ("d", 0.9))]
    assert [d.letter.id for d in worst([*FOUR[:2], *letters])] == ["d", "c", "b"]
    assert len(worst(letters, most=2)) == 2


def test_the_held_half_is_the_same_for_any_order_of_the_letters() -> None:
    letters = [decided(label(id=str(number)), "DLH") for number in range(9)]
    half = _ids(held_half(letters))
    assert half == _ids(held_half(letters[::-1]))
    assert len(half) == 5


def _ids(letters: list[Decided]) -> set[str]:
    return {d.letter.id for d in letters}
