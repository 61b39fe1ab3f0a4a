"""A machine's flood is held, a neighbourhood behind one address is not."""

from __future__ import annotations

import pytest

from tests.builders import POLICY, refused
from workflows.domain.intake.spam import TOO_MANY, flood, has_run_out, odd_age, skeleton
from workflows.domain.privacy.redaction import tag_reporter_name

SOME, MANY = POLICY.senders_per_hour, POLICY.senders_most_per_hour


@pytest.mark.parametrize(
    ("before", "alike", "filled_in", "held"),
    [
        (SOME - 1, 5, None, ""),
        (SOME, 0, 60.0, ""),
        (MANY - 1, 0, 60.0, ""),
        (MANY, 0, 60.0, TOO_MANY),
        (SOME, 1, 60.0, TOO_MANY),
        (SOME, 0, None, TOO_MANY),
        (SOME, 0, 2.0, TOO_MANY),
    ],
)
def test_what_is_held(before: int, alike: int, filled_in: float | None, held: str) -> None:
    assert flood(before, alike, filled_in, POLICY) == held


def test_other_numbers_and_marks_make_no_other_words() -> None:
    assert skeleton("Lampu 12 MATI!! di gang-3.") == skeleton("lampu mati, di gang 44")
    assert skeleton("lampu mati") != skeleton("lampu padam")
    assert skeleton(tag_reporter_name("Saya Budi Santoso", "Budi Santoso")) == "saya budi santoso"


OLDEST = POLICY.form_max_age_hours * 3600


def test_a_form_that_has_run_out_comes_back() -> None:
    assert (has_run_out(OLDEST, POLICY), has_run_out(OLDEST + 1, POLICY)) == (False, True)
    with refused(("form_token", "form_too_old")):
        odd_age(OLDEST + 1, "Lampu jalan mati", POLICY)
