"""What one sender tries, counted in this process: nobody guesses 80 bits, but nobody needs to try all day."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from workflows.errors import TooManyTries

MOST_SENDERS = 10_000


class Guesses:
    """So many within a span of time; senders by their keyed hash, "" for somebody at this very machine."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._tries: dict[str, list[datetime]] = {}
        self._lock = Lock()

    def refuse_more(self, sender: str, now: datetime) -> None:
        """TooManyTries once the sender has used them up."""
        with self._lock:
            lately = [at for at in self._tries.get(sender, []) if at > now - self._within]
        if sender and len(lately) >= self._most:
            raise TooManyTries(lately[-self._most] + self._within - now)

    def note(self, sender: str, now: datetime) -> None:
        """One more try; of very many senders the first is forgotten."""
        with self._lock:
            lately = self._tries.pop(sender, [])
            self._tries[sender] = [*lately, now][-self._most :]
            if len(self._tries) > MOST_SENDERS:
                del self._tries[next(iter(self._tries))]
