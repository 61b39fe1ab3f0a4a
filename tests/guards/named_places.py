"""Finds the places of the code that a document names: `folder/module.py`, or `folder/module.py:Name`."""

from __future__ import annotations
import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPAN = re.compile(r"```.*?```|`([^`\n]+)`", re.DOTALL)
PLACE = re.compile(r"^((?:functions|workflows|infra|cli|tests|templates|docs)(?:/[\w.-]+)*/?)(?::([\w.]+))?$")


def named_places(text: str) -> Iterator[tuple[str, str]]:
    """Path and name ("" without one) of each place in a text's code spans."""
    for span in SPAN.finditer(text):
        if place := PLACE.match(span[1] or ""):
            yield place[1], place[2] or ""


def missing(path: str, name: str = "") -> str:
    """What is not there, in words; "" where all is. A module may be named without its .py."""
    there = next((p for p in (ROOT / path, ROOT / f"{path}.py") if p.exists()), None)
    if there is None:
        return f"{path} is not there"
    modules = sorted(there.rglob("*.py")) if there.is_dir() else [there]
    if name and not any(name in _names_in(module) for module in modules):
        return f"{path} has no {name}"
    return ""


def _names_in(module: Path) -> set[str]:
    """Every class, function and constant at the top of a module, and `Class.method`."""
    found: set[str] = set()
    for node in ast.parse(module.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{n.name}" for n in node.body if isinstance(n, ast.FunctionDef)}
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found
