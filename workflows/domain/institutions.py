"""Institutions outside the city that the desk can point to: what was sent stands for one of them, or for none."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.errors import FieldError, InvalidInput

PREFIX = "EXT-"
MOST_REPEATED = 100
"""Characters of a wrong choice that its error repeats."""


def named_institution(sent: str, names: Mapping[str, str]) -> str:
    """The code of the institution that was meant by its code, with or without PREFIX, or by its name.

    names: code → name of those that are offered. InvalidInput lists their codes.
    """
    wanted = sent.strip().casefold()
    for code, name in names.items():
        if wanted and wanted in (code.casefold(), code.removeprefix(PREFIX).casefold(), name.casefold()):
            return code
    raise InvalidInput([not_offered("to", sent, names)])


def not_offered(field: str, sent: str, offered: Mapping[str, str] | tuple[str, ...]) -> FieldError:
    """The error of a choice from a closed list; it tells machines the whole list."""
    possible = {"possible": list(offered)}
    if not sent.strip():
        return FieldError(field, "bad_choice", possible)
    return FieldError(field, "not_offered", {"x": sent.strip()[:MOST_REPEATED], **possible})
