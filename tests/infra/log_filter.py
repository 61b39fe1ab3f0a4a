"""Filters of Cloud Logging, as far as infra/gcp uses them, held against lines as our code writes them.

Language: https://docs.cloud.google.com/logging/docs/view/logging-query-language
"""

from __future__ import annotations
import operator
import re
from collections.abc import Callable
from typing import Any

from tests.log_lines import MOVED, SEVERITIES, Line

_COMPARISON = re.compile(r'([\w.]+)\s*(=~|>=|<=|=|>|<)\s*(\([^)]*\)|"(?:[^"\\]|\\.)*"|[\w.-]+)\s*')
_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    **{">=": operator.ge, "<=": operator.le},
    **{">": operator.gt, "<": operator.lt},
}


def entry_of(line: Line, resource: str) -> dict[str, Any]:
    """The entry that Cloud Logging makes of a line: a message with nothing beside it becomes text."""
    payload = {name: value for name, value in line.items() if name not in MOVED}
    kept = {"textPayload": payload["message"]} if set(payload) == {"message"} else {"jsonPayload": payload}
    return {"resource": {"type": resource}, "severity": line["severity"], **kept}


def matches(filter: str, entry: dict[str, Any]) -> bool:
    """Whether an entry passes; ValueError where the filter uses what is not understood here."""
    found, end = [], 0
    while end < len(filter):
        comparison = _COMPARISON.match(filter, end)
        if not comparison:
            raise ValueError(f"not understood: {filter[end:]}")
        found.append(_holds(entry, *comparison.groups()))
        rest = filter[comparison.end() :]
        end = len(filter) if not rest else comparison.end() + len(_and(rest))
    return all(found)


def _and(rest: str) -> str:
    found = re.match(r"AND\s+", rest)
    if not found:
        raise ValueError(f"not understood: {rest}")
    return found[0]


def _holds(entry: dict[str, Any], path: str, sign: str, wanted: str) -> bool:
    value: Any = entry
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    if wanted.startswith("("):
        return any(_compared(value, sign, _bare(each)) for each in wanted[1:-1].split(" OR "))
    return _compared(value, sign, _bare(wanted))


def _compared(value: Any, sign: str, wanted: str) -> bool:
    """A field that is not there passes nothing; severities are in the order of their names' list."""
    if value is None:
        return False
    if sign == "=~":
        return bool(re.search(wanted, str(value)))
    if sign == "=":
        return str(value) == wanted
    if wanted in SEVERITIES:
        return _ORDERED[sign](SEVERITIES.index(value), SEVERITIES.index(wanted))
    return isinstance(value, int | float) and _ORDERED[sign](value, float(wanted))


def _bare(quoted: str) -> str:
    return quoted.strip().strip('"').replace("\\\\", "\\")
