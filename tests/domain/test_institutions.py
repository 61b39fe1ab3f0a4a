"""What an operator may call an institution outside the city."""

from __future__ import annotations

import pytest

from workflows.domain.offices import named_institution
from workflows.errors import InvalidInput

NAMES = {"EXT-PLN": "PT PLN (Persero)", "EXT-BPN": "Kantor Pertanahan"}


@pytest.mark.parametrize("sent", ["EXT-PLN", " ext-pln ", "PLN", "pt pln (persero)"])
def test_an_institution_goes_by_its_code_or_its_name(sent: str) -> None:
    assert named_institution(sent, NAMES) == "EXT-PLN"


@pytest.mark.parametrize(("sent", "code"), [("", "bad_choice"), ("  ", "bad_choice"), ("zz", "not_offered")])
def test_any_other_word_is_refused_with_those_that_are_possible(sent: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        named_institution(sent, NAMES)
    (error,) = refused.value.errors
    assert (error.field, error.code, error.facts["possible"]) == ("to", code, ["EXT-PLN", "EXT-BPN"])
