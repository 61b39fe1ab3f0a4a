"""What stands around every function: paths and methods, and errors turned into pages or push answers."""

from __future__ import annotations

import functools
import logging
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Request, Response

from functions.edge.answers import as_json, empty, html, language, wants_json
from functions.edge.desk_networks import admit
from functions.edge.problems import PERSON, PUSH, status_of
from functions.log_labels import name_case, trace_of, working_as
from functions.logs import cause_of, step_of, where
from functions.table_in_force import one_table
from functions.who_calls import PUSH as BY_PUSH
from functions.who_calls import TICK as BY_TICK
from workflows.errors import LaksaError, PageNotFound, TooManyTries, UserError, WrongMethod
from workflows.failures import Retryable

if TYPE_CHECKING:
    from functions.views.context import Context

log = logging.getLogger("laksa")
Handler = Callable[[Request], Response]
PathHandler = Callable[..., Response]
OFFICE_PAGES = ("/opd/", "/meja/", "/kasus/", "/papan/", "/alamat/")
LOOKING = ("GET", "HEAD")
KEEPS_WORDS = (410, 500, 503)
"""Where somebody wrote and it came to nothing through no mistake of theirs."""


def page(
    *patterns: str, methods: tuple[str, ...] = (*LOOKING, "POST"), files: tuple[str, ...] = ()
) -> Callable[[PathHandler], Handler]:
    """A function for people. Patterns are paths whose `<name>` segments are handed in as arguments.

    files: more paths, which can only be looked at.
    """

    def wrap(handler: PathHandler) -> Handler:
        @functools.wraps(handler)
        def guarded(request: Request) -> Response:
            try:
                arguments = _match((*patterns, *files), request.path)
                name_case(arguments.get("ticket", ""))
                allowed = LOOKING if request.path in files else methods
                if request.method not in allowed:
                    raise WrongMethod(allowed)
                admit(request)
                return handler(request, **arguments)
            except Exception as error:
                return problem(request, error, handler.__name__)

        return _one_request(guarded)

    return wrap


def pushed(handler: Handler) -> Handler:
    """A function that Pub/Sub alone wakes."""
    return _woken(handler, BY_PUSH)


def ticked(handler: Handler) -> Handler:
    """A function that the scheduler alone wakes."""
    return _woken(handler, BY_TICK)


def _woken(handler: Handler, by: str) -> Handler:
    """2xx when it is done or never will be, 5xx to try again; 401 and 403 to whoever may not wake it."""

    from functions.edge.callers import CallerRefused, admit_caller

    @functools.wraps(handler)
    def guarded(request: Request) -> Response:
        try:
            admit_caller(request, by)
            handler(request)
        except CallerRefused as refused:
            _log(refused, handler.__name__, refused.status, refused.reason)
            return empty(refused.status, {"WWW-Authenticate": "Bearer"} if refused.status == 401 else None)
        except Exception as error:
            status = status_of(error, PUSH)
            _log(error, handler.__name__, status)
            return empty(status)
        return empty(204)

    return _one_request(guarded)


def _one_request(handler: Handler) -> Handler:
    """While it runs, each log line says which function it is, for which request; one routing table is in force."""

    @functools.wraps(handler)
    def one_request(request: Request) -> Response:
        told = request.headers
        trace = trace_of(told.get("traceparent", ""), told.get("X-Cloud-Trace-Context", ""))
        with working_as(handler.__name__, trace), one_table():
            return handler(request)

    return one_request


def problem(request: Request, error: Exception, function: str) -> Response:
    """An error of that function as the page or problem its class calls for; never its own text."""
    from functions.edge.body import WORDS
    from functions.views.problem_page import problem_json, problem_page

    status = status_of(error, PERSON)
    shown: Exception = error
    if not isinstance(error, LaksaError):
        shown = Unforeseen(secrets.token_hex(4))
        _log(error, function, status, str(shown))
    elif status >= 500:
        _log(error, function, status)
    lang = language(request.args.get("lang", ""))
    ctx, headers = _context_for(error, function), headers_for(error)
    office = request.path.startswith(OFFICE_PAGES)
    if wants_json(request):
        return as_json(problem_json(ctx, lang, shown, status, office), status, headers, problem=True)
    token = request.path.split("/")[2] if office else ""
    page = "/".join(request.path.split("/")[:3]) if token else ""
    kept = request.environ.get(WORDS, "") if status in KEEPS_WORDS else ""
    return html(problem_page(ctx, lang, shown, status, token=token, page=page, kept=kept), status, headers)


class Unforeseen(Exception):
    """An error nobody foresaw; its text is only the reference under which it was logged."""

    @property
    def reference(self) -> str:
        """What the person can tell us."""
        return str(self)


def _context_for(error: Exception, function: str) -> Context | None:
    """What the page may name; nothing when Laksa itself is broken, so that there is a page all the same."""
    if not isinstance(error, UserError):
        return None
    try:
        from functions.services import context

        return context()
    except Exception as broken:
        _log(broken, function, 500)
        return None


def headers_for(error: Exception) -> dict[str, str]:
    """What an answer says of it besides its status: what may be done here, or in how many seconds."""
    if isinstance(error, WrongMethod):
        return {"Allow": ", ".join(error.allowed)}
    if isinstance(error, TooManyTries):
        return {"Retry-After": str(error.seconds)}
    return {"Retry-After": "60"} if isinstance(error, Retryable) else {}


def _match(patterns: tuple[str, ...], path: str) -> dict[str, str]:
    segments = path.split("/")
    for pattern in patterns:
        wanted = pattern.split("/")
        if len(wanted) != len(segments):
            continue
        pairs = list(zip(wanted, segments, strict=True))
        if all((_is_name(w) and s) or w == s for w, s in pairs):
            return {w[1:-1]: s for w, s in pairs if _is_name(w)}
    raise PageNotFound


def _is_name(segment: str) -> bool:
    return segment.startswith("<")


def _log(error: Exception, function: str, status: int, reference: str = "") -> None:
    level = logging.ERROR if status == 500 else logging.WARNING
    facts = {"function": function, "error": type(error).__name__, "reference": reference, "state": status}
    places = {"where": where(error.__traceback__), "step": step_of(error.__traceback__)}
    log.log(level, "request failed", extra=facts | places | _behind(error))


def _behind(error: Exception) -> dict[str, str]:
    cause = cause_of(error)
    return {"cause": cause} if cause else {}
