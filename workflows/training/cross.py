"""Cross-validation: each fold is decided by weights that were trained on the other folds."""

from __future__ import annotations
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workflows.frozen import frozen
from workflows.routing.decide import decide
from workflows.routing.learned.classifier import Classifier, Weights, read_weights
from workflows.routing.model import DESK, Decision, Letter
from workflows.routing.table import RoutingTable
from workflows.training.corpus import Corpus, look, owners_of
from workflows.training.fit import train
from workflows.training.labelled import Labelled
from workflows.training.matrix import Seen


@frozen
class Decided:
    """A labelled text and the decision of weights that never saw it. `may_go`: only its probability could keep it
    from being assigned without an operator.
    """

    letter: Labelled
    decision: Decision
    may_go: bool = True

    @property
    def opd(self) -> str:
        """The decided code, KEC for any kecamatan."""
        return plain(self.decision.opd)

    @property
    def right(self) -> bool:
        """Whether the decision is the best code, or an accepted one."""
        return self.opd in self.letter.right

    @property
    def exact(self) -> bool:
        """Whether the decision is the best code."""
        return self.opd == self.letter.opd

    @property
    def in_top(self) -> bool:
        """Whether a right code is the decision or among the first three."""
        return not self.letter.right.isdisjoint({self.opd, *(plain(code) for code, _ in self.decision.top[:3])})

    @property
    def chance(self) -> float:
        """The probability of the decided department; 0 for the desk."""
        return 0.0 if self.decision.opd == DESK else self.decision.top[0][1]


def plain(code: str) -> str:
    """The code, with KEC for any kecamatan's own."""
    return "KEC" if code.startswith("KEC-") else code


def fold_of(letter: Labelled, folds: int) -> int:
    """The fold of a text, the same everywhere."""
    return int(hashlib.sha256(letter.id.encode()).hexdigest()[:8], 16) % folds


def cross_validated(corpus: Corpus, table: RoutingTable, folds: int = 5) -> Iterator[Decided]:
    """Every measured letter decided once, fold by fold."""
    seen = dict(zip((x.id for x in corpus.all), look(corpus.all, table), strict=True))
    for fold in range(folds):
        held = [letter for letter in corpus.measured if fold_of(letter, folds) == fold]
        learnt = [x for x in corpus.measured if fold_of(x, folds) != fold] + corpus.others
        yield from decided(held, replace(table, judge=_taught(learnt, seen, table)))


def _taught(letters: Sequence[Labelled], seen: dict[str, Seen], table: RoutingTable) -> Classifier:
    return Classifier(read_weights(train(letters, [seen[letter.id] for letter in letters], owners_of(table))))


def decided(letters: Sequence[Labelled], table: RoutingTable) -> Iterator[Decided]:
    """Each text with the table's decision, and whether any doubt other than the weights' is against it."""
    bold = replace(table, judge=Classifier(_never_in_doubt(table.judge.weights)))
    for letter in letters:
        read = Letter(letter.text)
        yield Decided(letter, decide(read, table), decide(read, bold).confident)


def _never_in_doubt(weights: Weights) -> Weights:
    return replace(weights, header=replace(weights.header, sure=0.0))
