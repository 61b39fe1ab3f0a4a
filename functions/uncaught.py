"""What nobody caught, as a line of the log: Python would print its words, which may be what somebody typed."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

log = logging.getLogger("laksa")


def log_uncaught() -> None:
    """From now on, of the main thread, of any other, and of what is thrown away."""
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
