"""`python -m workflows.training train`: learn the weights anew. `… eval`: measure the router on unseen letters.

`… hide NAME`: the line of figures.txt for a name.
"""

from __future__ import annotations
import argparse
import sys
import time
from pathlib import Path

from workflows.routing.load import WEIGHTS
from workflows.training.corpus import Given, NoLetters, given, look, owners_of, untaught, without_twins
from workflows.training.cross import cross_validated
from workflows.training.fit import save, train
from workflows.training.labelled import hashed
from workflows.training.measures import worst
from workflows.training.report import in_columns, on_terminal, sections, write

BUILD = Path("build")


def main(arguments: list[str]) -> int:
    """The exit status: 0 done, 2 when requested texts are missing."""
    args = _parser().parse_args(arguments)
    try:
        args.run(args)
    except NoLetters as error:
        sys.stderr.write(f"training: {error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m workflows.training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    teach = commands.add_parser("train", help="learn the weights anew from the labelled letters there are")
    teach.add_argument("--out", type=Path, metavar="FILE", help="instead of the shipped weights")
    teach.set_defaults(run=_train)
    measure = commands.add_parser("eval", help="cross-validation, with a report")
    measure.add_argument("--folds", type=int, default=5, choices=range(2, 21), metavar="N")
    measure.add_argument("--out", type=Path, default=BUILD / "eval-routing", metavar="FOLDER")
    measure.set_defaults(run=_measure)
    for command in (teach, measure):
        command.add_argument("--letters", type=Path, metavar="FOLDER", help="dev.jsonl and weak.jsonl")
        command.add_argument("--add", type=Path, action="append", default=[], metavar="FILE", help="corrections")
    hide = commands.add_parser("hide", help="the line of figures.txt for a name that only one person bears")
    hide.add_argument("name")
    hide.set_defaults(run=lambda args: _say(hashed(args.name.lower())))
    return parser


def _letters(args: argparse.Namespace) -> Given:
    letters = given(args.letters, args.add)
    _say(letters.said)
    return letters


def _train(args: argparse.Namespace) -> None:
    letters = _letters(args)
    out = args.out or (BUILD / "train" / WEIGHTS.name if letters.own else WEIGHTS)
    learnt = letters.corpus.all
    table = untaught()
    weights = save(train(learnt, look(learnt, table), owners_of(table)), out)
    _say(f"weights {weights.version} from {len(learnt)} letters: {out.stat().st_size / 1e6:.2f} MB in {out}")
    if letters.own and not args.out:
        _say(f"The shipped weights stay: more letters stand behind them. To replace them: --out {WEIGHTS}")


def _measure(args: argparse.Namespace) -> None:
    letters = _letters(args)
    begun = time.perf_counter()
    corpus = without_twins(letters.corpus)
    decided = list(cross_validated(corpus, untaught(), args.folds))
    heading = _how(args.folds, len(letters.corpus.others) - len(corpus.others))
    found = sections(decided, halved=not letters.own)
    for text in (heading, *map(in_columns, found), on_terminal(worst(decided))):
        _say(text)
    path = write(args.out, f"{letters.said} {heading}", found, decided)
    _say(f"\n{path}, after {time.perf_counter() - begun:.0f} s")


def _how(folds: int, twins: int) -> str:
    told = f"{folds} folds: each letter is decided by weights learnt without it."
    return f"{told} {twins} letters nearly the same as a measured one teach nothing here." if twins else told


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
