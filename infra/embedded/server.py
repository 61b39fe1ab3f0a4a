"""The socket: waitress with our own pages for requests it refuses, without access log, and with an orderly stop. A
request that is too large is read and discarded before it is refused: closing at once would reset the connection,
and the sender would never see the reason. Requests of people come first: while one waits for an answer, messages
in the same process pause briefly.
"""

from __future__ import annotations
import logging
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from io import BytesIO
from typing import Any

from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge, RequestHeaderFieldsTooLarge

from infra.embedded.dispatch import Application, Environ, StartResponse
from infra.embedded.error_pages import refusal, wants_json

MAX_BODY_DISCARDED = 1 << 30
MAX_HEADER_DISCARDED = 1 << 20
HEADER_END = b"\r\n\r\n"


class _Nowhere:
    """Stands where waitress buffers a body, and discards it."""

    def append(self, data: bytes) -> None:
        """Discard the data."""

    def getfile(self) -> BytesIO:
        """An empty file."""
        return BytesIO()

    def close(self) -> None:
        """Do nothing."""

    def __len__(self) -> int:
        return 0


class DiscardingParser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Waitress' parser; a request that is too large is complete only when all of it has been read. The limit is 1
    GiB of body or 1 MiB of header; a body announced as longer is not read at all.
    """

    completed: bool
    expect_continue: bool
    _discarding: Callable[[bytes], int] | None = None
    _discarded = 0
    _tail = b""

    def received(self, data: bytes) -> int:
        """Consume some bytes; returns how many belonged to this request."""
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
        """ParsingError for an invalid header, including a length of thousands of digits."""
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError("Content-Length") from error

    def _let_body_pass(self, receiver: Any) -> None:
        if self.expect_continue or self.content_length > MAX_BODY_DISCARDED:
            # refused before the body is sent: no "100 Continue"
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
        self.completed = bool(ended) or self._discarded > MAX_BODY_DISCARDED
        return consumed

    def _discard_header(self, data: bytes) -> int:
        self._discarded += len(data)
        ended = HEADER_END in self._tail + data
        self._tail = (self._tail + data)[-len(HEADER_END) :]
        self.completed = ended or self._discarded > MAX_HEADER_DISCARDED
        return len(data)


IDENT = "laksa"
MAX_BODY = 64 << 20
MAX_HEADER = 64 << 10


class _WithoutPaths(logging.LoggerAdapter[logging.Logger]):
    """Removes the path from waitress' message about a failed request: it may contain a token."""

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[Any, MutableMapping[str, Any]]:
        return re.sub(r"(?<= while serving ).*", "a request", str(msg), flags=re.DOTALL), kwargs


class _RefusalTask(ErrorTask):  # type: ignore[misc]  # waitress has no types
    def execute(self) -> None:
        status, _, _ = self.request.error.to_response(IDENT)
        asked = self.request.headers
        json_wanted = wants_json(asked.get("ACCEPT", ""), asked.get("CONTENT_TYPE", ""))
        headers, body = refusal(self.request.error.code, json_wanted)
        self.status = status
        self.response_headers.extend(headers.items())
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(b"" if getattr(self.request, "command", "") == "HEAD" else body)


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    error_task_class = _RefusalTask
    parser_class = DiscardingParser
    logger = _WithoutPaths(logging.getLogger("waitress"), {})

    @property
    def at_work(self) -> bool:
        """Whether a request is being received or answered."""
        return bool(self.request or self.requests or self.total_outbufs_len)


class Server:
    """Serves one application on a host and port (0: any free one); OSError when the port is taken. Bodies up to 64
    MiB reach the application, so that people see its own 413.
    """

    def __init__(self, application: Application, host: str, port: int, threads: int = 8) -> None:
        self._map: dict[int, Any] = {}
        self._stopping = threading.Event()
        self._waitress: Any = create_server(
            application,
            map=self._map,
            host=host,
            port=port,
            threads=threads,
            ident=IDENT,
            clear_untrusted_proxy_headers=False,
            max_request_body_size=MAX_BODY + 1,
            max_request_header_size=MAX_HEADER,
            connection_limit=500,
            asyncore_use_poll=True,
            channel_request_lookahead=0,
        )
        for listener in self._listeners():
            listener.channel_class = _Channel

    def serve(self, patience: float = 3.0) -> None:
        """Serve until `stop`, then finish open requests, for `patience` seconds at most."""
        while not self._stopping.is_set():
            self._turn(1.0)
        listeners = list(self._listeners())
        for listener in listeners:
            wasyncore.dispatcher.close(listener)
        end = time.monotonic() + patience
        while self._finish_channels() and time.monotonic() < end:
            self._turn(0.05)
        self._waitress.task_dispatcher.shutdown(timeout=0.1)
        wasyncore.close_all(self._map, ignore_all=True)

    @property
    def port(self) -> int:
        """The actual port, also if 0 was given."""
        return int(self._waitress.effective_port)

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Accept no more connections; may be called from any thread."""
        self._stopping.set()
        for listener in self._listeners():
            listener.pull_trigger()

    def _turn(self, timeout: float) -> None:
        wasyncore.loop(timeout=timeout, use_poll=True, map=self._map, count=1)

    def _finish_channels(self) -> bool:
        """Close idle connections; returns whether any is left."""
        channels = [channel for channel in self._map.values() if isinstance(channel, _Channel)]
        for channel in channels:
            channel.will_close = channel.will_close or not channel.at_work
        return bool(channels)

    def _listeners(self) -> Iterator[Any]:
        return (item for item in list(self._map.values()) if isinstance(item, BaseWSGIServer))


PATIENCE = 0.25


class RequestPriority:
    """Counts running requests of people. One interpreter lock serves both, and mails can wait."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._under_way = 0
        self._changed = threading.Condition()

    def for_people(self, app_of: Callable[[str], Application]) -> Callable[[str], Application]:
        """The same applications with each request counted."""

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
        """Wait until no request is running, but only for a limited time: mails must go out under load too."""
        with self._changed:
            self._changed.wait_for(lambda: self._under_way == 0, self._patience)

    def _count(self, change: int) -> None:
        with self._changed:
            self._under_way += change
            if self._under_way == 0:
                self._changed.notify_all()
