"""Templates as the bundle carries them, compiled to Python: a fresh process need not read them once more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import BaseLoader

COMPILED = "compiled"
"""The folder beside those of the templates; only a bundle has it, so nothing in it can be out of date."""


def loader_of(folder: Path) -> BaseLoader:
    """The templates of a folder: compiled where they are, else from their files."""
    from jinja2 import ChoiceLoader, FileSystemLoader, ModuleLoader

    files, made = FileSystemLoader(folder), folder.with_name(COMPILED) / folder.name
    return ChoiceLoader([ModuleLoader(made), files]) if made.is_dir() else files
