"""Plain text whose lines were broken for the way (RFC 3676), put together again."""

from __future__ import annotations

import re

_LINE = re.compile(r"(>*) ?(.*)", re.DOTALL)


def unflowed(text: str, delete_space: bool = False) -> str:
    """The lines as they were written; quoted ones keep their marks."""
    lines: list[tuple[int, list[str]]] = []
    broken = False
    for line in re.split(r"\r?\n", text):
        found = _LINE.fullmatch(line)
        depth, words = (len(found[1]), found[2]) if found else (0, line)
        goes_on = broken and lines[-1][0] == depth and words != "-- "
        broken = words.endswith(" ") and words != "-- "
        words = words[:-1] if broken and delete_space else words
        if goes_on:
            lines[-1][1].append(words)
        else:
            lines.append((depth, [words]))
    whole = ((depth, "".join(words)) for depth, words in lines)
    return "\n".join(f"{'>' * depth} {words}" if depth else words for depth, words in whole)
