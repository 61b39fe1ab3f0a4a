"""What one call of a function did, in the units that Google counts."""

from __future__ import annotations
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from infra.embedded.dispatch import Application, Environ, StartResponse


@dataclass
class Call:
    """One request to a function: seconds of CPU, and counts by unit (reads, writes, messages, log_bytes …).

    cause: the function whose tick or page set it going, itself where that was the first.
    """

    function: str
    cause: str
    cpu: float = 0.0
    counted: Counter[str] = field(default_factory=Counter)


class Meter:
    """Every call since the last `take`; what happens between calls is nobody's and not counted."""

    def __init__(self) -> None:
        self._calls: list[Call] = []
        self._open: Call | None = None
        self.cause = ""

    def count(self, unit: str, many: int = 1) -> None:
        """Add to the call that is running."""
        if self._open:
            self._open.counted[unit] += many

    @property
    def running(self) -> str:
        """What set the call going that is running now; empty between calls."""
        return self._open.cause if self._open else ""

    def take(self) -> list[Call]:
        """The calls so far; a new list begins."""
        calls, self._calls = self._calls, []
        return calls

    @contextmanager
    def call(self, function: str) -> Iterator[None]:
        """One call, its CPU in this process until the block ends."""
        self._open = Call(function, self.cause or function)
        began = time.process_time()
        try:
            yield
        finally:
            self._open.cpu = time.process_time() - began
            self._calls.append(self._open)
            self._open = None

    def around(self, name: str, app: Application) -> Application:
        """The function's application, each request a call."""

        def metered(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            with self.call(name):
                body = b"".join(app(environ, start_response))
                self.count("bytes_in", int(environ.get("CONTENT_LENGTH") or 0))
                self.count("bytes_out", len(body))
            return [body]

        return metered

    def watch(self, thing: Any, units: dict[str, str]) -> Any:
        """The same thing; a call of a method that is named counts one of its unit."""
        return _Watched(thing, units, self.count)


class _Watched:
    def __init__(self, thing: Any, units: dict[str, str], count: Callable[[str], None]) -> None:
        self._thing, self._units, self._count = thing, units, count

    def __getattr__(self, name: str) -> Any:
        if unit := self._units.get(name):
            self._count(unit)
        return getattr(self._thing, name)


class LogLines:
    """A stream that counts what is written to it and keeps nothing."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def write(self, text: str) -> int:
        """Count the bytes; a line of nothing else is the handler's own line end."""
        self._meter.count("log_bytes", len(text.encode()))
        self._meter.count("log_lines", text.count("\n"))
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""
