"""How well the routing table decides labelled letters: `python -m tests.bench.routing_accuracy FILE.jsonl`.

Each line: {"id", "text", "opd", "also_ok", "urgent"}; KEC stands for any kecamatan, DESK for “nobody could tell”.
The letters are split in halves by a hash of their id: phrases may be tuned on the first, the second is held out.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from workflows.routing.decide import decide
from workflows.routing.load import load_table
from workflows.routing.model import Decision, Letter

Labelled = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Prints the measures of both halves; 2 when used wrongly."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m tests.bench.routing_accuracy FILE.jsonl\n")
        return 2
    begun = time.perf_counter()
    table = load_table()
    loaded = time.perf_counter() - begun
    sys.stdout.write(f"table {table.version} loaded in {loaded * 1000:.0f} ms\n")
    for name, letters in halves(Path(arguments[0])):
        begun = time.perf_counter()
        decided = [(letter, decide(Letter(letter["text"]), table)) for letter in letters]
        spent = (time.perf_counter() - begun) / max(len(letters), 1)
        sys.stdout.write(f"{name}: {measures(decided)}, {spent * 1000:.2f} ms a letter\n")
    return 0


def halves(path: Path) -> Iterable[tuple[str, list[Labelled]]]:
    """The two halves of the file, in the order of the ids' SHA-256."""
    letters = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    letters.sort(key=lambda letter: hashlib.sha256(letter["id"].encode()).hexdigest())
    middle = len(letters) // 2
    return (("tuned on", letters[:middle]), ("held out", letters[middle:]))


def measures(decided: list[tuple[Labelled, Decision]]) -> str:
    """Shares of exact, right, right-in-top-3, and how many confident ones are right."""
    confident = [pair for pair in decided if pair[1].confident]
    urgent = [pair for pair in decided if pair[0].get("urgent")]
    return (
        f"{len(decided)} letters, exact {_share(map(_exact, decided))}, right {_share(map(_right, decided))}, "
        f"top 3 {_share(map(_in_top, decided))}, confident {_share(d.confident for _, d in decided)} "
        f"of which right {_share(map(_right, confident))}, urgent seen {_share(d.urgent for _, d in urgent)} "
        f"(said {sum(d.urgent for _, d in decided)} times)"
    )


def _exact(pair: tuple[Labelled, Decision]) -> bool:
    return bool(_plain(pair[1].opd) == pair[0]["opd"])


def _right(pair: tuple[Labelled, Decision]) -> bool:
    return _plain(pair[1].opd) in (pair[0]["opd"], *pair[0]["also_ok"])


def _in_top(pair: tuple[Labelled, Decision]) -> bool:
    letter, decision = pair
    return letter["opd"] in {_plain(decision.opd), *(_plain(code) for code, _ in decision.top[:3])}


def _plain(code: str) -> str:
    return "KEC" if code.startswith("KEC-") else code


def _share(values: Iterable[bool]) -> str:
    counted = list(values)
    return f"{sum(counted) / len(counted):.1%}" if counted else "–"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
