"""Where two recordings differ, told so that a person sees the path, the field, and both values."""

from __future__ import annotations
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

MOST = 12
"""Differences that are told; the first one often causes the others."""
LONGEST = 300


def differences(before: list[Any], after: list[Any]) -> list[str]:
    """The first differences of two recordings, line by line, one string each; empty where they are the same."""
    told: list[str] = []
    life = ""
    for number, (old, new) in enumerate(zip_longest(before, after), 1):
        life = (old or {}).get("life", life)
        if not _same(old, new):
            told += [f"{life}, line {number}, {_name(old or new)}: {words}" for words in _inside(old, new)]
        if len(told) >= MOST or old is None or new is None:
            return told[:MOST]
    return told


SCHEMA = re.compile(r',?\s*"schema": ?"?I?1"?')
"""What wrote a document; the recorded release wrote none."""


def _same(old: Any, new: Any) -> bool:
    """Whether two lines are equal, but for the number of the schema."""
    return bool(old == new or _without_schema(old) == _without_schema(new))


def _without_schema(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_schema(each) for name, each in value.items() if name != "schema"}
    if isinstance(value, list):
        return [_without_schema(each) for each in value]
    return SCHEMA.sub("", value) if isinstance(value, str) else value


def _name(line: dict[str, Any]) -> str:
    """The request, mail or document that a line is about."""
    if "document" in line:
        return "document " + "/".join(line["document"][:2])
    return str(line.get("step") or f"mail “{line.get('mail', '')}”")


def _inside(old: Any, new: Any, where: str = "") -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            if old.get(name, ...) != new.get(name, ...):
                yield from _inside(old.get(name, "(none)"), new.get(name, "(none)"), f"{where}.{name}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, pair in enumerate(zip(old, new, strict=True)):
            if pair[0] != pair[1]:
                yield from _inside(*pair, f"{where}[{number}]")
    else:
        yield f"{where or 'line'}: {_short(old, new)} → {_short(new, old)}"


def _short(value: Any, other: Any) -> str:
    """A value, from shortly before where it differs from the other."""
    text, against = str(value), str(other)
    same = next((n for n, (a, b) in enumerate(zip(text, against, strict=False)) if a != b), 0)
    begin = max(0, same - 60)
    return ("…" if begin else "") + text[begin : begin + LONGEST]
