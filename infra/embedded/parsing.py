"""Reading requests off a socket: what is far too large is let pass and thrown away, then refused.

Closing on it at once would reset the connection, and the sender would never read why.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import RequestEntityTooLarge, RequestHeaderFieldsTooLarge

MOST_BODY_DISCARDED = 1 << 30
MOST_HEADER_DISCARDED = 1 << 20
HEADER_END = b"\r\n\r\n"


class _Nowhere:
    """Stands where waitress keeps a body, and keeps none."""

    def append(self, data: bytes) -> None:
        """Forget."""

    def getfile(self) -> BytesIO:
        """Nothing was kept."""
        return BytesIO()

    def close(self) -> None:
        """Nothing to close."""

    def __len__(self) -> int:
        return 0


class DiscardingParser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Waitress' parser; a request that is too large is complete only when all of it has gone by.

    After 1 GiB of body or 1 MiB of header there is no more patience; for a body said to be longer, none at all.
    """

    completed: bool
    expect_continue: bool
    _discarding: Callable[[bytes], int] | None = None
    _discarded = 0
    _tail = b""

    def received(self, data: bytes) -> int:
        """Take some bytes in; how many belonged to this request."""
        if self._discarding:
            return self._discarding(data)
        consumed: int = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            self._let_body_pass(self.body_rcv)
        elif isinstance(self.error, RequestHeaderFieldsTooLarge):
            self._discard_header(data)
            self._discarding = self._discard_header
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        """ParsingError for whatever is no header, also for a length of thousands of digits."""
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError("Content-Length") from error

    def _let_body_pass(self, receiver: Any) -> None:
        if self.expect_continue or self.content_length > MOST_BODY_DISCARDED:
            # Told before it sends the body: no "100 Continue", but the refusal.
            self.expect_continue = False
            return
        receiver.buf.close()
        receiver.buf = _Nowhere()
        self.completed = bool(receiver.completed)
        self._discarding = self._discard_body

    def _discard_body(self, data: bytes) -> int:
        consumed: int = self.body_rcv.received(data)
        self._discarded += consumed
        ended = self.body_rcv.completed or self.body_rcv.error
        self.completed = bool(ended) or self._discarded > MOST_BODY_DISCARDED
        return consumed

    def _discard_header(self, data: bytes) -> int:
        self._discarded += len(data)
        ended = HEADER_END in self._tail + data
        self._tail = (self._tail + data)[-len(HEADER_END) :]
        self.completed = ended or self._discarded > MOST_HEADER_DISCARDED
        return len(data)
