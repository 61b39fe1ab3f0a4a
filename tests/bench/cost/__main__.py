"""`make cost`: run ten lives, print what a month costs; with a file's name, put the tables between its markers."""

from __future__ import annotations
import re
import sys
from pathlib import Path

from tests.bench.cost import table
from tests.bench.cost.habits import read_habits
from tests.bench.cost.measured import Measured, measure
from tests.bench.cost.options import options
from tests.bench.cost.planned import read_planned
from tests.bench.cost.prices import read_prices

BLOCK = re.compile(r"(<!-- cost: (\w+) -->\n)((?:\|.*\n)*)(<!-- end -->)")
"""Beginning, the table's name, its lines if there are any yet, end."""


def main(arguments: list[str]) -> None:
    """Print the tables, or write them into a document."""
    tables = made(measure())
    if not arguments:
        sys.stdout.write("\n\n".join(tables.values()) + "\n" + _warning())
    for name in arguments:
        file = Path(name)
        file.write_text(filled_in(file.read_text("utf-8"), tables), "utf-8")


def made(measured: Measured) -> dict[str, str]:
    """Each table by its name."""
    habits, sizes, prices = read_habits(), read_planned(), read_prices()
    return {
        "costs": table.costs(measured, habits, sizes, prices, free_tier=False),
        "free": table.costs(measured, habits, sizes, prices, free_tier=True),
        "drivers": table.drivers(measured, habits, sizes, prices),
        "options": options(measured, habits, sizes, prices),
        "parts": table.parts(measured, habits),
        "left": table.left(measured),
        "times": table.times(measured, habits),
    }


def filled_in(text: str, tables: dict[str, str]) -> str:
    """The document with each table between its markers; KeyError for a marker that names none."""
    return BLOCK.sub(lambda found: f"{found[1]}{tables[found[2]]}\n{found[4]}", text)


def blocks(text: str) -> dict[str, str]:
    """The tables that a document holds."""
    return {found[2]: found[3].rstrip() for found in BLOCK.finditer(text)}


def _warning() -> str:
    prices = read_prices()
    return (
        f"\nList prices of {prices.region} as of {prices.read_on}; {len(prices.assumed())} of {len(prices.prices)}"
        " are assumptions (infra/prices.toml). What is counted and what is not: docs/cost.md\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
