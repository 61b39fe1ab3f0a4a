"""Slang, affixes, typos and stretched letters read as the words of the table."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE
from tests.sentences import sentences

READ = TABLE.lexicon.read


@pytest.mark.parametrize("code", sentences("text", "a_code_of_letters_and"))
def test_a_code_of_letters_and_digits_is_one_unknown_word(code: str) -> None:
    lampu, unknown, mati = READ(f"lampu {code} mati").tokens
    assert (lampu, mati) == ("lampu", "mati")
    assert unknown not in {*READ("dbd fee lampu lubang mati").tokens}


def test_sentences_and_questions_are_known() -> None:
    words = READ("Jalan rusak. Apakah disuap?")
    assert words.sentences[0] != words.sentences[-1]
    assert words.sentences[-1] in words.questions
    assert words.sentences[0] not in words.questions
