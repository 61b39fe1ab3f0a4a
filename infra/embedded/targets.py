"""Every deployable function as a WSGI application, made by the framework when it is first called."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

from functions.logs import where

log = logging.getLogger("laksa")
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class Targets:
    """The functions that one source file exports, each made once (about 2 ms), from any thread."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._made: dict[str, Application] = {}
        self._making = threading.Lock()

    def app(self, name: str) -> Application:
        """The function of that name; the framework's MissingTargetException when the source has none."""
        made = self._made.get(name)
        if made is None:
            # The framework sets an environment variable and a module while it makes one: never two at once.
            with self._making:
                made = self._made.get(name) or self._made.setdefault(name, self._make(name))
        return made

    def _make(self, name: str) -> Application:
        import functions_framework

        framework: Any = functions_framework
        app = framework.create_app(target=name, source=str(self._source))
        app.log_exception = _log_exception
        return cast(Application, app)


def _log_exception(exc_info: Any) -> None:
    """In place of Flask's own, which names the path, and a path may hold a token."""
    kind, _, trace = exc_info
    log.error("a function raised", extra={"error": kind.__name__, "where": where(trace)})
