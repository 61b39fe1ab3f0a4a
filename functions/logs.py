"""Logs as JSON lines, as Cloud Logging reads them; never a token, a path with one, or a word somebody typed."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from types import TracebackType

FACTS = (
    "topic", "notice", "attempts", "reference", "function", "error", "where", "woken", "ticks", "state", "version",
    "ticket", "role", "office", "act", "network", "seconds",
)  # fmt: skip


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {"severity": record.levelname, "message": record.getMessage()}
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up(level: int = logging.INFO) -> None:
    """Log our own lines to standard error; libraries only from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    logging.getLogger("laksa").setLevel(level)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue is its normal working


def where(trace: TracebackType | None) -> list[str]:
    """The frames of a traceback without its message, which may hold what somebody typed."""
    return [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)[-8:]]
