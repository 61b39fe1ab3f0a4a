"""Logs as JSON lines for Cloud Logging. They never contain a token, a path with one, or a text that somebody
typed. Each line names the running function, the complaint and the trace; uncaught errors are logged without their
message, which may contain such text.
"""

from __future__ import annotations
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

log = logging.getLogger("laksa")


FUNCTION, TICKET, STEP = "function", "ticket", "step"
_STEPS = re.compile(r"(?:^|/)workflows/(.+)\.py$")
_CASE = re.compile(r"LKS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z](?![^.])")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_CLOUD_TRACE = re.compile(r"([0-9a-f]{32})(?:/.*)?")
_CURRENT: ContextVar[dict[str, str] | None] = ContextVar("labels", default=None)
_trace: ContextVar[str] = ContextVar("trace", default="")


@contextmanager
def working_as(function: str, trace: str) -> Iterator[None]:
    """For a block, log lines of this thread name that function and, if there is one, the trace."""
    labels, traced = _CURRENT.set({FUNCTION: function}), _trace.set(trace)
    try:
        yield
    finally:
        _CURRENT.reset(labels)
        _trace.reset(traced)


def name_case(named: str) -> None:
    """From now on log lines of this function name the complaint of this ticket or notice id, if it is one."""
    labels, ticket = _CURRENT.get(), ticket_in(named)
    if labels is not None and ticket:
        labels[TICKET] = ticket


def labels_now() -> dict[str, str]:
    """The labels for a log line written now."""
    return dict(_CURRENT.get() or {})


def trace_now() -> str:
    """The trace id of the current request; '' without one."""
    return _trace.get()


def ticket_in(named: str) -> str:
    """The ticket, also if it is the beginning of a notice's id; '' for anything else."""
    found = _CASE.match(named)
    return found[0] if found else ""


def step_in(path: str) -> str:
    """The workflow of a source file, like `mail/send_notice`; '' for any other file."""
    found = _STEPS.search(path)
    return found[1] if found else ""


def trace_of(parent: str, cloud: str) -> str:
    """The trace id (32 hex digits) in `traceparent` or `X-Cloud-Trace-Context`; '' without a valid one."""
    found = _TRACEPARENT.fullmatch(parent) or _CLOUD_TRACE.fullmatch(cloud)
    return found[1] if found else ""


def log_uncaught() -> None:
    """Log uncaught errors of the main thread, of other threads, and those that Python ignores."""
    sys.excepthook = _ended
    threading.excepthook = _thread_ended
    sys.unraisablehook = _ignored


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("the process ended", exc_info=(kind, error, trace))


def _thread_ended(args: threading.ExceptHookArgs) -> None:
    if args.exc_value and not issubclass(args.exc_type, SystemExit):
        log.error("a thread ended", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))


def _ignored(args: UnraisableHookArgs) -> None:
    if args.exc_value:
        log.error("an error was ignored", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))


FACTS = (
    "topic", "notice", "attempts", "reference", "function", "error", "where", "woken", "ticks", "state", "version",
    "ticket", "role", "office", "act", "network", "seconds", "cause",
)  # fmt: skip
LABELS, TRACE = "logging.googleapis.com/labels", "logging.googleapis.com/trace"
OWN, WARNINGS = "laksa", "py.warnings"
SERVER = "gunicorn.error"
"""The logger of gunicorn: it has its own handler and format, and names the path of a failed request."""
WITHHELD = "a library's words, not kept: they may be what somebody typed"


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object; `project`: owner of the traces, '' without. Each line names its logger:
    Cloud Logging stores a message without another field as plain text, which no filter finds.
    """

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self._project = project

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        said = _said(record)
        line: dict[str, object] = {"severity": record.levelname, "message": said, "time": _when(record)}
        line |= {"logger": record.name} | _raised_in(record, said) | _facts(record) | self._about(record)
        return json.dumps(line, ensure_ascii=False, default=str)

    def _about(self, record: logging.LogRecord) -> dict[str, object]:
        trace = trace_now() if self._project else ""
        about: dict[str, object] = {TRACE: f"projects/{self._project}/traces/{trace}"} if trace else {}
        labels = _labels(record)
        return about | ({LABELS: labels} if labels else {})


class Lines(logging.StreamHandler):  # type: ignore[type-arg]  # the stream's kind is nobody's concern here
    """Writes to standard error. A line that cannot be written is reported in one line; Python would print its
    content.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Print the place in the code without the message; logging never raises."""
        line = {"severity": "ERROR", "message": "a line could not be written", "time": _when(record)}
        with suppress(OSError, ValueError):  # a pipe without a reader, a full disk, a closed stream
            self.stream.write(json.dumps(line | {"where": _place(record)}) + "\n")


def set_up(level: int = logging.INFO, project: str = "") -> None:
    """Log our own lines and uncaught errors to standard error; libraries from warnings on."""
    handler = Lines(sys.stderr)
    handler.setFormatter(JsonLines(project))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    logging.getLogger(OWN).setLevel(level)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue is normal for it
    logging.getLogger(SERVER).filters = [_Instead(handler)]
    log_uncaught()


def where(trace: TracebackType | None) -> list[str]:
    """The frames of a traceback without its message, which may contain typed text."""
    return [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)[-8:]]


def cause_of(error: BaseException) -> str:
    """The class of an error's cause, with its message if that cannot contain typed text; else ''."""
    cause = error.__cause__
    if cause is None:
        return ""
    kind, words = type(cause), ""
    if isinstance(cause, OSError) and kind.__module__ == "builtins":
        words = cause.strerror or ""
    elif kind.__module__ == "sqlite3":
        words = str(cause)
    return f"{kind.__name__}: {words}" if words else kind.__name__


def step_of(trace: TracebackType | None) -> str:
    """The last workflow in a traceback, like `mail/send_notice`; '' without one."""
    steps = (step_in(frame.filename) for frame in traceback.extract_tb(trace))
    return next((step for step in steps if step), "")


class _Instead(logging.Filter):
    """Passes a record to our handler instead of the logger's own."""

    def __init__(self, handler: logging.Handler) -> None:
        super().__init__()
        self._handler = handler

    def filter(self, record: logging.LogRecord) -> bool:
        self._handler.handle(record)
        return False


def _said(record: logging.LogRecord) -> str:
    """The message: our own in full; a library's with numeric arguments only, since others may be paths or
    addresses. Without arguments its words cannot be told from typed ones, so it is dropped.
    """
    if _is_own(record) or record.name == WARNINGS:
        return record.getMessage()
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    try:
        return record.msg % _masked(record.args) if record.args else WITHHELD
    except (TypeError, ValueError, KeyError):
        return record.msg


def _masked(args: object) -> object:
    if isinstance(args, dict):
        return {name: _masked_one(arg) for name, arg in args.items()}
    return tuple(map(_masked_one, args)) if isinstance(args, tuple) else _masked_one(args)


def _masked_one(arg: object) -> object:
    if isinstance(arg, int | float):
        return arg
    return type(arg).__name__ if isinstance(arg, BaseException) else "…"


def _raised_in(record: logging.LogRecord, said: str) -> dict[str, object]:
    kind, _, trace = record.exc_info or (None, None, None)
    if kind:
        return {"error": kind.__name__, "where": where(trace)}
    return {"where": _place(record)} if said == WITHHELD else {}


def _place(record: logging.LogRecord) -> list[str]:
    return [f"{record.filename}:{record.lineno} {record.funcName}"]


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in FACTS if hasattr(record, name)}


def _labels(record: logging.LogRecord) -> dict[str, str]:
    """The current labels, unless the record has more exact ones."""
    ticket = ticket_in(str(getattr(record, TICKET, "") or getattr(record, "notice", "")))
    step = getattr(record, STEP, "") or (step_in(record.pathname) if _is_own(record) else "")
    own = {TICKET: ticket, STEP: step, "function": str(getattr(record, "function", ""))}
    return labels_now() | {name: value for name, value in own.items() if value}


def _is_own(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == OWN


def _when(record: logging.LogRecord) -> str:
    """The machine's own time, even if the city's clock was moved: Cloud Logging rejects times far ahead."""
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds")
