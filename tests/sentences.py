"""Tables of many sentences, in files of their own: what is written, and what it has to be taken for."""

from __future__ import annotations
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "sentences"


def sentences(file: str, name: str) -> list[Any]:
    """One table of a file: sentences alone, or rows that begin with a sentence."""
    found: dict[str, list[Any]] = json.loads((FOLDER / f"{file}.json").read_text(encoding="utf-8"))
    return found[name]
