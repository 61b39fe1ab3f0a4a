"""What a photo may be called: nothing that leads elsewhere, and with the ending of its type."""

from __future__ import annotations

import re

from workflows.domain.photo import TYPES

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\.[a-z0-9]{1,8})?\.(?P<ending>[a-z]+)", re.ASCII)


def type_of(name: str) -> str:
    """The type a name's ending stands for; ValueError for what could lead out of its place, or is no photo's."""
    found = _NAME.fullmatch(name)
    if found is None or found["ending"] not in TYPES:
        raise ValueError("not the name of a photo")
    return TYPES[found["ending"]]


def check_type(name: str, content_type: str) -> None:
    """ValueError where a name has the ending of another type."""
    if type_of(name) != content_type:
        raise ValueError(f"{content_type} under the name of another type")
