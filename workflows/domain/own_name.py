"""The reporter's own name inside the own words: marked when they come in, hidden wherever others read them.

The marks are characters of Unicode that nobody types (those around an annotation); what is typed loses them.
"""

from __future__ import annotations

import re

from workflows.domain.name_pattern import name_pattern

OPEN, CLOSE = "\ufff9", "\ufffb"
MASK = "(nama pelapor)"
_MARKS = re.compile("[\ufff9-\ufffb]")
_MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_LEFT_ALONE = re.compile(rf"({_MARKED.pattern}|[\w.+%-]{{1,64}}@[\w.-]{{1,80}})")
"""What is marked already, and e-mail addresses: they are hidden as such."""


def typed(text: str) -> str:
    """Typed text without our marks."""
    return _MARKS.sub("", text)


def mark(text: str, *names: str) -> str:
    """The text with these names of its writer marked; what is marked already stays so."""
    found = typed(text) if not names_in(text) else text
    for name in names:
        found = _marked(found, name)
    return found


def whole(text: str) -> str:
    """As its writer wrote it."""
    return typed(text)


def hide(text: str) -> str:
    """As others may read it."""
    return _MARKS.sub("", _MARKED.sub(MASK, text)) if OPEN in text or CLOSE in text else text


def names_in(text: str) -> tuple[str, ...]:
    """What is marked in a text: of an anonymous report the only trace of who wrote it."""
    return tuple(dict.fromkeys(found[1:-1] for found in _MARKED.findall(text)))


def _marked(text: str, name: str) -> str:
    """Outside what is left alone: the name, and a part of it after “saya” and its like."""
    pattern = name_pattern(name)
    if pattern is None:
        return text
    pieces = _LEFT_ALONE.split(text)
    return "".join(piece if n % 2 else pattern.sub(_wrapped, piece) for n, piece in enumerate(pieces))


def _wrapped(found: re.Match[str]) -> str:
    """A street may bear the same name as who writes of it; that is a place, and stays."""
    if found["place"]:
        return found[0]
    if found["says"]:
        return f"{found['says']}{OPEN}{found['part']}{CLOSE}"
    return f"{OPEN}{found[0]}{CLOSE}"
