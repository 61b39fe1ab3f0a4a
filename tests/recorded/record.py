"""Writes the recording of the city again: `python -m tests.recorded.record`.

    python -m tests.recorded.record                 tests/recorded/city.jsonl.gz anew
    python -m tests.recorded.record --out FILE      elsewhere
    python -m tests.recorded.record --html FOLDER   also each page and each mail's HTML, named by its digest:
                                                    compare two folders, made by two versions of the code

The recording is for changes that nobody outside may notice. Where a change is meant to be noticed, write it again
and read the difference. `release-0.1.jsonl.gz` holds the documents that release 0.1 stored; it is never written
again, so that what lies in a city's store stays readable. `--release FILE` writes such a file for a later release.
"""

from __future__ import annotations
import argparse
import gzip
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.recorded import lives_citizen, lives_desk, lives_office, lives_time
from tests.recorded.town import documents, town

HERE = Path(__file__).parent
CITY, RELEASE = HERE / "city.jsonl.gz", HERE / "release-0.1.jsonl.gz"
LIVES = (*lives_office.ALL, *lives_desk.ALL, *lives_citizen.ALL, *lives_time.BEFORE)


def record(html: dict[str, str] | None = None) -> tuple[list[str], list[str]]:
    """Let the city live: the lines of the recording, and a line for each document before anything is erased."""
    with tempfile.TemporaryDirectory() as folder, town(Path(folder), html) as place:
        for live in LIVES:
            place.lines.append({"life": live.__name__})
            live(place)
        before = documents()
        kept = set(before)
        place.lines.extend({"document": row} for row in before)
        lives_time.years_pass(place)
        place.lines.extend({"document": row} for row in documents() if row not in kept)
        place.lines.append({"gone": sorted({row[:2] for row in before} - {row[:2] for row in documents()})})
        lines = place.lines
    return [_dumped(line) for line in lines], [_dumped(row) for row in before]


def _dumped(line: Any) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def write(path: Path, lines: Iterable[str]) -> None:
    """Lines as gzip, the same bytes each time."""
    text = "".join(f"{line}\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def read(path: Path) -> list[Any]:
    """The lines of such a file, parsed."""
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=CITY)
    parser.add_argument("--release", type=Path)
    parser.add_argument("--html", type=Path)
    chosen = parser.parse_args()
    html: dict[str, str] | None = {} if chosen.html else None
    lines, stored = record(html)
    write(chosen.out, lines)
    if chosen.release:
        write(chosen.release, stored)
    for digest, text in (html or {}).items():
        chosen.html.mkdir(parents=True, exist_ok=True)
        (chosen.html / f"{digest}.html").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
