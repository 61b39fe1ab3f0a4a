"""How fast the router is: letters a second on one core, the first decision of a new process, its memory."""

from __future__ import annotations
import csv
import statistics
import subprocess
import sys
import time
from pathlib import Path

from workflows.routing.decide import decide
from workflows.routing.load import load_table
from workflows.routing.model import Letter

EXAMPLES = Path(__file__).parents[2] / "workflows" / "data" / "examples.csv"
SHORTEST, LONGEST = 150, 250  # characters: about 200
ROUNDS, STARTS = 3, 5
WARM_UP = 50  # letters

# The peak of this process's own pages: ru_maxrss would remember those of whoever started it.
PEAK = """
def peak():
    try:
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
    except OSError:
        import resource, sys
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
"""
FIRST = f"""{PEAK}
import time
begun = time.perf_counter()
from workflows.routing.decide import decide
from workflows.routing.load import load_table
from workflows.routing.model import Letter
imported = time.perf_counter()
table = load_table()
loaded = time.perf_counter()
decide(Letter("Lampu jalan di depan gang kami mati sudah tiga malam."), table)
decided = time.perf_counter()
print(imported - begun, loaded - imported, decided - loaded, peak())
"""
BARE = f"{PEAK}\nprint(peak())"


def main() -> None:
    """Measure and print."""
    for line in (_speed(), *_first_decision()):
        sys.stdout.write(line + "\n")


def _speed() -> str:
    table, letters = load_table(), _letters()
    for letter in letters[:WARM_UP]:
        decide(letter, table)
    seconds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for letter in letters:
            decide(letter, table)
        seconds.append(time.process_time() - begun)
    rate = len(letters) / statistics.median(seconds)
    mean = statistics.mean(len(letter.text) for letter in letters)
    return f"{rate:.0f} letters a second on one core (letters of {mean:.0f} characters)"


def _letters() -> list[Letter]:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    return [Letter(text) for text in texts if SHORTEST <= len(text) <= LONGEST]


def _first_decision() -> list[str]:
    starts = [_numbers(FIRST) for _ in range(STARTS)]
    imported, loaded, decided, peak = (statistics.median(column) for column in zip(*starts, strict=True))
    whole = imported + loaded + decided
    above = (peak - _numbers(BARE)[0]) / 1024
    parts = f"import {imported * 1000:.0f}, load {loaded * 1000:.0f}, decide {decided * 1000:.1f}"
    return [
        f"{whole * 1000:.0f} ms to the first decision of a new process ({parts})",
        f"{above:.0f} MB of memory above a bare interpreter",
    ]


def _numbers(code: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


if __name__ == "__main__":
    main()
