"""One WSGI application for all pages: each path of the topology goes to its function, unchanged. Every function is
made into a WSGI application by the framework at its first call.
"""

from __future__ import annotations
import logging
import re
import threading
from collections.abc import Callable, Iterable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast

from functions.app.logging import where
from infra.embedded.error_pages import refusal, wants_json
from infra.topology import Topology

log = logging.getLogger("laksa")
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class Targets:
    """The functions that one source file exports, each created once (about 2 ms), from any thread."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._made: dict[str, Application] = {}
        self._making = threading.Lock()

    def app(self, name: str) -> Application:
        """The function of that name; the framework's MissingTargetException if the source has none."""
        made = self._made.get(name)
        if made is None:
            # the framework sets an environment variable and a module meanwhile: never two at once
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
    """Log without the path, which may contain a token; Flask's own handler names it."""
    kind, _, trace = exc_info
    log.error("a function raised", extra={"error": kind.__name__, "where": where(trace)})


CRASH = "x-google-status"
_SLASHES = re.compile("/{2,}")


class Dispatch:
    """The functions that have a path. `local`, if given, answers paths that begin with /_lokal. An unknown path
    goes to the function of `/`, whose own page answers it. `private`: pushes and ticks have paths, too, since each
    function checks its caller's token.
    """

    def __init__(
        self,
        topology: Topology,
        app_of: Callable[[str], Application],
        local: Callable[[Environ], Application | None] | None = None,
        private: bool = False,
    ) -> None:
        self._topology = topology
        self._app_of = app_of
        self._local = local
        self._private = private
        self._front = topology.match("/") or ""
        self._own = {"/robots.txt": _text(robots(topology)), "/favicon.ico": _favicon}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ["PATH_INFO"] or "/"
        return self._application(path, environ)(environ, start_response)

    def _application(self, path: str, environ: Environ) -> Application:
        if own := self._own.get(path):
            return own
        if self._local and path.startswith("/_lokal") and (local := self._local(environ)):
            return local
        # the framework would redirect to the path with single slashes, which does not exist either
        environ["PATH_INFO"] = _SLASHES.sub("/", path)
        woken = self._topology.match_private(path) if self._private else None
        name = woken or self._topology.match(_decoded(path)) or self._front
        return partial(_without_framework_words, self._app_of(name))


def robots(topology: Topology) -> str:
    """robots.txt: public pages may be indexed, pages behind links may not."""
    linked = (function for function in topology.functions if function.access == "link")
    private = (path for function in linked for path in function.http if "<" in path)
    prefixes = dict.fromkeys(path.split("<", 1)[0] for path in private)
    return "\n".join(["User-agent: *", *(f"Disallow: {prefix}" for prefix in prefixes), ""])


def _decoded(path: str) -> str:
    return path.encode("latin-1").decode("utf-8", "replace")


def _text(words: str) -> Application:
    return partial(_answer, HTTPStatus.OK, {"Content-Type": "text/plain; charset=utf-8"}, words.encode())


def _favicon(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    return _answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": "/favicon.svg"}, b"", environ, start_response)


def _answer(
    status: HTTPStatus, headers: dict[str, str], body: bytes, environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        status, headers, body = HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"}, b""
    length = {"Content-Length": str(len(body))}
    start_response(f"{status.value} {status.phrase}", list({**headers, **length}.items()))
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def _without_framework_words(app: Application, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer an error that escaped a function with our own page instead of the framework's."""
    told: list[Any] = []
    body = app(environ, lambda *answer: told.append(answer))
    status, headers = told[-1][:2]
    if not any(name.lower() == CRASH for name, _ in headers):
        start_response(*told[-1])
        return body
    if hasattr(body, "close"):
        body.close()
    json_wanted = wants_json(environ.get("HTTP_ACCEPT", ""), environ.get("CONTENT_TYPE", ""))
    own_headers, own_body = refusal(int(status.split(" ", 1)[0]), json_wanted)
    start_response(status, list(own_headers.items()))
    return [own_body]
