"""What every line of the log is about while a function runs: its name, the case, and the trace of its request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

FUNCTION, TICKET, STEP = "function", "ticket", "step"
_STEPS = re.compile(r"(?:^|/)workflows/(.+)\.py$")
_CASE = re.compile(r"LKS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z](?![^.])")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_CLOUD_TRACE = re.compile(r"([0-9a-f]{32})(?:/.*)?")
_labels: ContextVar[dict[str, str] | None] = ContextVar("labels", default=None)
_trace: ContextVar[str] = ContextVar("trace", default="")


@contextmanager
def working_as(function: str, trace: str) -> Iterator[None]:
    """Until the end, lines of this thread name that function and, where there is one, the trace."""
    labels, traced = _labels.set({FUNCTION: function}), _trace.set(trace)
    try:
        yield
    finally:
        _labels.reset(labels)
        _trace.reset(traced)


def name_case(named: str) -> None:
    """From here on the lines of this function name the case of a ticket or of a letter's id, if it is one."""
    labels, ticket = _labels.get(), ticket_in(named)
    if labels is not None and ticket:
        labels[TICKET] = ticket


def labels_now() -> dict[str, str]:
    """The labels of a line that is written now."""
    return dict(_labels.get() or {})


def trace_now() -> str:
    """The id of the trace of the request that is being answered; empty without one."""
    return _trace.get()


def ticket_in(named: str) -> str:
    """The ticket that a ticket is, or that the id of a letter begins with; empty for anything else."""
    found = _CASE.match(named)
    return found[0] if found else ""


def step_in(path: str) -> str:
    """The workflow of a source file, like `mail/notices`; empty for any other file."""
    found = _STEPS.search(path)
    return found[1] if found else ""


def trace_of(parent: str, cloud: str) -> str:
    """The id, 32 hex digits, in `traceparent` or `X-Cloud-Trace-Context`; empty where neither has a sound one."""
    found = _TRACEPARENT.fullmatch(parent) or _CLOUD_TRACE.fullmatch(cloud)
    return found[1] if found else ""
