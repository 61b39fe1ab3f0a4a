"""Reads the folder of a routing table and the file of weights: the only I/O of routing."""

from __future__ import annotations
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workflows.routing.columns import FILES

if TYPE_CHECKING:  # pages need only the texts of the files, and a new process should answer soon
    from workflows.routing.learned.classifier import Classifier
    from workflows.routing.table import RoutingTable

_DATA = Path(__file__).resolve().parent.parent / "data"
FOLDER = _DATA / "routing"
"""The table that comes with Laksa."""
WEIGHTS = _DATA / "weights" / "routing.weights"
"""The learned weights; beside them stands their SHA-256, as `sha256sum` writes it."""


def load_table(folder: Path = FOLDER, judge: Classifier | None = None) -> RoutingTable:
    """The table of that folder, with the shipped weights or `judge`. TableError when a file is missing or cannot
    be read.
    """
    from workflows.routing.build import build_table

    with _nothing_collected():
        return build_table(read_files(folder), judge or load_judge())


@lru_cache(maxsize=1)
def load_judge(path: Path = WEIGHTS) -> Classifier:
    """The learned weights of that file; WeightsError when its checksum is not the recorded one."""
    from workflows.routing.learned.classifier import Classifier, WeightsError, read_weights

    try:
        data, promised = path.read_bytes(), path.with_suffix(".sha256").read_text("ascii").split()[0]
    except (OSError, IndexError) as error:
        raise WeightsError(f"{path.name}: {error}") from error
    weights = read_weights(data)
    if weights.checksum != promised:
        raise WeightsError(f"{path.name}: not the file of its checksum")
    return Classifier(weights)


def read_files(folder: Path) -> dict[str, str]:
    """The text of each file of the table; TableError names a file that is not readable UTF-8."""
    texts = {}
    for name in FILES:
        try:
            texts[name] = (folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            from workflows.routing.table import TableError

            raise TableError(f"{name}: {error}") from error
    return texts


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Pause the garbage collector: the table is thousands of objects that all stay, so searching them is a waste
    of time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
