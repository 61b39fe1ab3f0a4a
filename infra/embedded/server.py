"""The socket: waitress with our own words for what it refuses, no access log, and an orderly end."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator, MutableMapping
from typing import Any

from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from infra.embedded.parsing import DiscardingParser
from infra.embedded.refusals import refusal, wants_json
from infra.embedded.targets import Application

IDENT = "laksa"
MOST_BODY = 64 << 20
MOST_HEADER = 64 << 10


class _WithoutPaths(logging.LoggerAdapter[logging.Logger]):
    """Waitress names the path of a request that broke, and a path may hold a token."""

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
        """A request is coming in, being answered, or its answer is going out."""
        return bool(self.request or self.requests or self.total_outbufs_len)


class Server:
    """Serves one application on a host and port (0: any free one); OSError when the port is taken.

    Bodies up to 64 MiB reach the application, so that its own 413 is what people read.
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
            max_request_body_size=MOST_BODY + 1,
            max_request_header_size=MOST_HEADER,
            connection_limit=500,
            asyncore_use_poll=True,
            channel_request_lookahead=0,
        )
        for listener in self._listeners():
            listener.channel_class = _Channel

    def serve(self, patience: float = 3.0) -> None:
        """Answer until `stop`, then finish open requests, for `patience` seconds at most."""
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
        """The port it listens on, also where 0 asked for any."""
        return int(self._waitress.effective_port)

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Take no more connections; may be called from any thread."""
        self._stopping.set()
        for listener in self._listeners():
            listener.pull_trigger()

    def _turn(self, timeout: float) -> None:
        wasyncore.loop(timeout=timeout, use_poll=True, map=self._map, count=1)

    def _finish_channels(self) -> bool:
        """Close connections on which nothing happens; whether any is left."""
        channels = [channel for channel in self._map.values() if isinstance(channel, _Channel)]
        for channel in channels:
            channel.will_close = channel.will_close or not channel.at_work
        return bool(channels)

    def _listeners(self) -> Iterator[Any]:
        return (item for item in list(self._map.values()) if isinstance(item, BaseWSGIServer))
