"""Weights learnt from a few letters: the same every time, and better than knowing nothing."""

from __future__ import annotations
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.routing.given import judge_that_says, with_rows
from tests.training.given import LETTERS, label
from workflows.routing.decide import decide
from workflows.routing.learned.classifier import Classifier
from workflows.routing.load import load_judge
from workflows.routing.model import Letter
from workflows.training.corpus import Corpus, look, owners_of, untaught
from workflows.training.cross import Decided, cross_validated, decided, fold_of
from workflows.training.fit import save, train
from workflows.training.labelled import Labelled
from workflows.training.matrix import Seen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("sklearn") is None, reason="the training libraries are not installed: make train"),
]
ROOT = Path(__file__).parents[2]
ONCE_MORE = """
import sys
from pathlib import Path
from tests.training.given import LETTERS
from workflows.training.corpus import look, owners_of, untaught
from workflows.training.fit import train
Path(sys.argv[1]).write_bytes(train(LETTERS, look(LETTERS, untaught()), owners_of(untaught())))
"""


@cache
def seen() -> list[Seen]:
    """What the table finds in the letters, once for all tests."""
    return look(LETTERS, untaught())


@cache
def weights() -> bytes:
    """The weights of the letters, once for all tests."""
    return train(LETTERS, seen(), owners_of(untaught()))


@pytest.mark.whole
@pytest.mark.parametrize("threads", ["1", "3"])
def test_the_same_letters_give_the_same_bytes_in_any_process(tmp_path: Path, threads: str) -> None:
    file = tmp_path / "again"
    settings = {"PYTHONHASHSEED": threads, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
    subprocess.run([sys.executable, "-c", ONCE_MORE, file], cwd=ROOT, env={**os.environ, **settings}, check=True)
    assert file.read_bytes() == weights()


def test_other_letters_give_other_bytes() -> None:
    assert train(LETTERS[1:], seen()[1:], owners_of(untaught())) != weights()


def test_what_was_saved_is_what_routing_loads(tmp_path: Path) -> None:
    file = tmp_path / "new" / "routing.weights"
    saved = save(weights(), file)
    judge = load_judge.__wrapped__(file)
    assert judge.weights == saved
    assert set(saved.header.opd) == {letter.opd for letter in LETTERS}
    assert file.with_suffix(".words.csv").read_text("utf-8").startswith("opd,word,weight\n")


def test_every_measured_letter_is_decided_by_weights_that_never_saw_it() -> None:
    measured, others = LETTERS[:60], LETTERS[60:]
    found = list(cross_validated(Corpus(measured, others), untaught(), folds=2))
    assert sorted(d.letter.id for d in found) == sorted(letter.id for letter in measured)
    first = [letter for letter in LETTERS[:60] if fold_of(letter, 2) == 1] + others
    assert found[: len(measured) - len(first) + len(others)] == _decided_after(first, measured)


def _decided_after(learnt: list[Labelled], measured: list[Labelled]) -> list[Decided]:
    """The letters of fold 0, decided by what the others teach."""
    from workflows.routing.learned.classifier import read_weights

    judge = Classifier(read_weights(train(learnt, look(learnt, untaught()), owners_of(untaught()))))
    held = [letter for letter in measured if fold_of(letter, 2) == 0]
    return list(decided(held, replace(untaught(), judge=judge)))


@pytest.mark.parametrize(
    "judge",
    [judge_that_says(INSPEKTORAT=3.5, DISHUB=3.0), judge_that_says(DLH=3.0), judge_that_says(DISHUB=9.0)],
    ids=["oversight", "faint", "clear"],
)
@pytest.mark.parametrize(
    "text", ["Truk tanah lewat siang hari padahal ada jamnya", "Sampah tidak diangkut, banyak pungli di sini"]
)
def test_what_may_go_is_decided_alike_but_for_its_probability(judge: Classifier, text: str) -> None:
    table = with_rows(judge)
    (found,) = decided([label(text=text)], table)
    header = replace(table.judge.weights.header, sure=0.0)
    bold = decide(Letter(text), replace(table, judge=Classifier(replace(table.judge.weights, header=header))))
    told = replace(bold, confident=found.decision.confident, because=found.decision.because)
    assert told == found.decision
    assert found.may_go == bold.confident


@pytest.mark.whole
def test_learnt_letters_are_decided_better_than_others(tmp_path: Path) -> None:
    save(weights(), tmp_path / "routing.weights")
    taught = replace(untaught(), judge=load_judge.__wrapped__(tmp_path / "routing.weights"))
    known = sum(d.exact for d in decided(LETTERS, taught))
    unknown = sum(d.exact for d in cross_validated(Corpus(LETTERS, []), untaught(), folds=2))
    assert len(LETTERS) * 0.25 < unknown < known
    assert known > len(LETTERS) * 0.9
