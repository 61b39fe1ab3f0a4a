"""Of a name nothing is learnt: not the word, no pair with it, no piece of it."""

from __future__ import annotations
import re

import pytest

from workflows.routing.learned.classifier import grams
from workflows.routing.text import Words
from workflows.training.__main__ import main
from workflows.training.labelled import FIGURES, NAMES, hashed, is_name
from workflows.training.matrix import Seen, Vocabulary, matrix, vocabulary

LISTED = NAMES.read_text("utf-8").split()
FEW = 40  # letters: enough for any feature


def seen(*tokens: str) -> Seen:
    """A letter of these words, in one sentence."""
    return Seen(Words(tokens, (0,) * len(tokens), frozenset()), {})


def learnt_of(*tokens: str) -> Vocabulary:
    """The features of many letters that all say the same."""
    return vocabulary([seen(*tokens)] * FEW, ["DLH"] * FEW)


@pytest.mark.parametrize("name", ["sutrisno", "khoirul", "widodo"])
def test_neither_a_name_nor_a_piece_of_it_is_learnt(name: str) -> None:
    known = learnt_of("sampah", name, "numpuk")
    assert set(known.words) == {"sampah", "numpuk"}
    assert set(known.grams) == {*grams("sampah"), *grams("numpuk")}
    assert set(learnt_of("sampah", name + "x", "numpuk").words) > set(known.words)


def test_a_name_s_pieces_teach_nothing_though_other_words_have_them_too() -> None:
    pytest.importorskip("sklearn", reason="the training libraries are not installed: make train")
    known = vocabulary([seen("widodoan"), seen("widodo")] * FEW, ["DLH", "KEC"] * FEW)
    assert set(grams("widodo")) & set(known.grams)
    rows = matrix([seen("widodoan"), seen("widodo")], known)
    assert [row.nnz > 0 for row in rows] == [True, False]


def test_a_name_that_one_person_bears_is_known_by_its_hash_alone() -> None:
    lines = FIGURES.read_text("utf-8").split()
    assert lines
    assert all(re.fullmatch("[0-9a-f]{16}", line) for line in lines)
    assert not is_name("sampah")
    assert not {hashed(name) for name in LISTED} & set(lines)


def test_the_line_for_a_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hide", "Contoh"]) == 0
    assert capsys.readouterr().out == hashed("contoh") + "\n"
