"""Slang, affixes, typos and stretched letters read as the words of the table."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE

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


@pytest.mark.parametrize(
    "code",
    [
        "207033f8c8be1dbd",
        "fee5f27f",
        "3f2a-dbd-9c1e4",
        "dbdbdbdb-fade-4bad-8fee-dbdbdbdbdbdb",
        "12345678-1234-4123-8123-123456789012",
        "x7lampu9mati2",
        "7K3M_9QXT",
        "DEAD12345BEEF",
        "lu8bang3",
    ],
)
def test_a_code_of_letters_and_digits_is_one_unknown_word(code: str) -> None:
    lampu, unknown, mati = READ(f"lampu {code} mati").tokens
    assert (lampu, mati) == ("lampu", "mati")
    assert unknown not in {*READ("dbd fee lampu lubang mati").tokens}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("RT03 mati", "mati"),
        ("3hari mati", "hari mati"),
        ("gang2 rusak", "gang rusak"),
        ("2x mati", "x mati"),
        ("jalan2nya rusak", "jalan rusak"),
        ("lampu2x mati", "lampu x mati"),
        ("got2nya mampet", "got mampet"),
        ("rt03rw05 banjir", "rw banjir"),
        ("lampu-mati-3f2a1b", "lampu mati 3f2a1b"),
        ("mogot-dbdbdbdb-fade-4bad-8fee-dbdbdbdbdbdb", "mogot dbdbdbdb-fade-4bad-8fee-dbdbdbdbdbdb"),
        ("P3K", "p3k"),
    ],
)
def test_what_people_write_with_a_digit_is_still_read_as_words(written: str, words: str) -> None:
    assert READ(written).tokens == READ(words).tokens != ()


def test_money_named_after_rt_keeps_the_rt() -> None:
    assert "rt" in READ("untuk RT 200.000").tokens


def test_sentences_and_questions_are_known() -> None:
    words = READ("Jalan rusak. Apakah disuap?")
    assert words.sentences[0] != words.sentences[-1]
    assert words.sentences[-1] in words.questions
    assert words.sentences[0] not in words.questions
