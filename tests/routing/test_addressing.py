"""Whom a letter turns to, told from whom it speaks of."""

from __future__ import annotations

import pytest

from tests.sentences import sentences
from workflows.routing.conflict.matches import is_addressed

LONG = 0.2  # seconds, even on a busy machine


@pytest.mark.parametrize("text", sentences("addressing", "a_letter_speaks_of_the"))
def test_a_letter_speaks_of_the_inspektorat_or_not_at_all(text: str) -> None:
    assert not is_addressed(text, "inspektorat")
