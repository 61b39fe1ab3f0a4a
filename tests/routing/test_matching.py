"""Phrases are found where they stand, whole in one sentence."""

from __future__ import annotations

from workflows.routing.matching import Match, Matcher, canonical_phrases, cut_phrases, vocabulary
from workflows.routing.text import Lexicon

PHRASES = ("lampu jalan", "lampu + mati", "pohon + tumbang + kabel", "kabel\nputus", "+")
LEXICON = Lexicon({"jln": "jalan"}, vocabulary(cut_phrases(PHRASES), {}))
MATCHER = Matcher(canonical_phrases(cut_phrases(PHRASES), LEXICON))


def found(text: str) -> list[str]:
    return [PHRASES[match.phrase] for match in MATCHER.find(LEXICON.read(text))]


def test_words_in_a_row_and_parts_in_any_order_are_found() -> None:
    assert found("Lampu jln mati") == ["lampu jalan", "lampu + mati"]
    assert found("Matinya lampu sudah lama") == ["lampu + mati"]
    assert found("kabel tertimpa pohon yang tumbang") == ["pohon + tumbang + kabel"]


def test_a_place_is_told_by_its_first_and_last_word() -> None:
    assert MATCHER.find(LEXICON.read("gelap, lampu di gang mati total")) == [Match(1, 1, 5)]


def test_sentences_say_nothing_together() -> None:
    assert found("Ada lampu. Jalan rusak") == []
    assert found("Kabel putus. Pohon besar. Tumbang tadi") == ["kabel\nputus"]
    assert found("Mati semua.\nLampu baru") == []


def test_a_phrase_at_the_end_is_found_once() -> None:
    matcher = Matcher(canonical_phrases(cut_phrases(["mati", "lampu jalan mati", "jalan"]), LEXICON))
    assert matcher.find(LEXICON.read("lampu jalan mati")) == [Match(0, 2, 3), Match(1, 0, 3), Match(2, 1, 2)]


def test_each_sentence_is_looked_at() -> None:
    assert found("Lampu baru. Listrik mati. Lampu mati lagi") == ["lampu + mati"]


def test_parts_far_apart_are_no_phrase() -> None:
    assert found("lampu " + "dan rumah tetangga " * 4 + "mati") == []
