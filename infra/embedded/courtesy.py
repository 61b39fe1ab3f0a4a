"""People first: while somebody waits for an answer, messages in the same process step aside for a moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from infra.embedded.targets import Application, Environ, StartResponse

PATIENCE = 0.25


class Courtesy:
    """Counts requests of people under way. One interpreter lock serves both, and letters can wait."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._under_way = 0
        self._changed = threading.Condition()

    def for_people(self, app_of: Callable[[str], Application]) -> Callable[[str], Application]:
        """The same applications, each request counted."""

        def counted(name: str) -> Application:
            app = app_of(name)

            def serve(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
                self._count(1)
                try:
                    return app(environ, start_response)
                finally:
                    self._count(-1)

            return serve

        return counted

    def step_aside(self) -> None:
        """Wait until nobody waits, but never longer than the patience: letters must go out under load too."""
        with self._changed:
            self._changed.wait_for(lambda: self._under_way == 0, self._patience)

    def _count(self, change: int) -> None:
        with self._changed:
            self._under_way += change
            if self._under_way == 0:
                self._changed.notify_all()
