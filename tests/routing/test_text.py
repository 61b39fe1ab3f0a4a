"""Slang, affixes, typos and stretched letters read as the words of the table."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE
from tests.sentences import sentences

READ = TABLE.lexicon.read


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("jln", "jalan"),
        ("lobang", "lubang"),
        ("ambulance", "ambulans"),
        ("membersihkan", "bersih"),
        ("dibersihkannya", "bersih"),
        ("MACETTTT", "macet"),
        ("puskemas", "puskesmas"),
        ("trotar", "trotoar"),
        ("gorong-gorong", "gorong"),
        ("lubang2", "lubang"),
        ("ｌａｍｐｕ", "lampu"),
        ("gk", "tidak"),
    ],
)
def test_a_word_reads_as_the_tables_word(written: str, meant: str) -> None:
    assert READ(written).tokens == READ(meant).tokens != ()


@pytest.mark.parametrize("word", ["bekas", "sekolah", "bantuan", "ketua", "penggelapan", "pppk", "dirumahkan"])
def test_a_word_that_only_looks_like_another_stays_itself(word: str) -> None:
    assert READ(word).tokens == (word,)


def test_fillers_numbers_addresses_and_hours_fall_away() -> None:
    assert READ("Lampu di jalan itu udah mati, RT 02/RW 05, pukul 18.30").tokens == ("lampu", "jalan", "mati")


@pytest.mark.parametrize("code", sentences("text", "a_code_of_letters_and"))
def test_a_code_of_letters_and_digits_is_one_unknown_word(code: str) -> None:
    lampu, unknown, mati = READ(f"lampu {code} mati").tokens
    assert (lampu, mati) == ("lampu", "mati")
    assert unknown not in {*READ("dbd fee lampu lubang mati").tokens}


@pytest.mark.parametrize(("written", "words"), sentences("text", "what_people_write_with_a"))
def test_what_people_write_with_a_digit_is_still_read_as_words(written: str, words: str) -> None:
    assert READ(written).tokens == READ(words).tokens != ()


def test_money_named_after_rt_keeps_the_rt() -> None:
    assert "rt" in READ("untuk RT 200.000").tokens


def test_sentences_and_questions_are_known() -> None:
    words = READ("Jalan rusak. Apakah disuap?")
    assert words.sentences[0] != words.sentences[-1]
    assert words.sentences[-1] in words.questions
    assert words.sentences[0] not in words.questions
