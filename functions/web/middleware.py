"""The middleware around every function: paths and methods, errors as pages or push answers, and the Pub/Sub
envelope. One table for each maps a class of error to the status for people and the answer to a push.
"""

from __future__ import annotations
import base64
import functools
import json
import logging
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flask import Request, Response

from functions.app.logging import cause_of, name_case, step_of, trace_of, where, working_as
from functions.app.routing_tables import pin_table_for_request
from functions.app.settings import PUSH as BY_PUSH
from functions.app.settings import TICK as BY_TICK
from functions.web.http import as_json, html, language, require_desk_network, wants_json
from workflows import errors as e
from workflows import failures as f
from workflows.errors import LaksaError, PageNotFound, TooManyTries, UserError, WrongMethod
from workflows.failures import BadMessage, Retryable

if TYPE_CHECKING:
    from functions.views.shared.context import Context

log = logging.getLogger("laksa")


SOURCE = "CloudPubSubDeadLetterSourceSubscription"


def read_push(request: Request) -> dict[str, str]:
    """The message's data, a flat dict of str; BadMessage when it is missing or invalid."""
    try:
        envelope = json.loads(request.get_data())
        data = json.loads(base64.b64decode(envelope["message"]["data"], validate=True))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadMessage("no data") from error
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise BadMessage("not a flat object of text")
    return data


def read_dead_letter(request: Request) -> tuple[str, dict[str, str], str]:
    """(topic, data, error) of a dead letter, from our own bus or from Pub/Sub."""
    data = read_push(request)
    if "topic" in data:
        return data["topic"], {"message": data.get("data", "")}, data.get("error", "")
    attributes = json.loads(request.get_data())["message"].get("attributes") or {}
    return str(attributes.get(SOURCE, "unknown")), data, "tried too often"


def require_field(data: dict[str, str], name: str) -> str:
    """A required field of the message; BadMessage without it."""
    value = data.get(name, "")
    if not value or "/" in value or len(value) > 200:
        raise BadMessage(f"no {name}")
    name_case(value)
    return value


PERSON: dict[type[Exception], int] = {
    e.InvalidInput: 422,
    e.Forbidden: 403,
    e.LinkExpired: 410,
    e.ListExpired: 410,
    e.BoardExpired: 410,
    e.OutsideDeskNetworks: 403,
    e.LinkSuperseded: 410,
    e.ReportErased: 410,
    e.ActionNotPossible: 409,
    e.UndoOver: 409,
    e.TableNotChanged: 409,
    e.TooManyTries: 429,
    e.FormAlreadySent: 409,
    e.NumberTaken: 409,
    e.DraftChanged: 409,
    e.DataRequestChanged: 409,
    e.PageNotFound: 404,
    e.WrongMethod: 405,
    e.UnreadableBody: 400,
    e.BodyTooLarge: 413,
    f.StoreUnavailable: 503,
    f.StoreConflict: 503,
    f.BusUnavailable: 503,
    f.PhotosUnavailable: 503,
    f.MailDeferred: 503,
    f.BadMessage: 400,
    f.UnknownComplaint: 403,
    f.MailRefused: 500,
    f.DocumentExists: 503,
    f.DocumentMissing: 500,
    f.IndexMissing: 500,
    f.ReadAfterWrite: 500,
}
"""DocumentExists means two forms at the same instant: the next try finds the first."""

DONE, AGAIN = 204, 503
PUSH: dict[type[Exception], int] = {
    e.InvalidInput: DONE,
    e.Forbidden: DONE,
    e.LinkExpired: DONE,
    e.ListExpired: DONE,
    e.BoardExpired: DONE,
    e.OutsideDeskNetworks: DONE,
    e.LinkSuperseded: DONE,
    e.ReportErased: DONE,
    e.ActionNotPossible: DONE,
    e.UndoOver: DONE,
    e.DataRequestChanged: DONE,
    e.TableNotChanged: DONE,
    e.TooManyTries: DONE,
    e.FormAlreadySent: DONE,
    e.NumberTaken: DONE,
    e.DraftChanged: DONE,
    e.PageNotFound: DONE,
    e.WrongMethod: DONE,
    e.UnreadableBody: DONE,
    e.BodyTooLarge: DONE,
    f.StoreUnavailable: AGAIN,
    f.StoreConflict: AGAIN,
    f.BusUnavailable: AGAIN,
    f.PhotosUnavailable: AGAIN,
    f.MailDeferred: AGAIN,
    f.BadMessage: DONE,
    f.UnknownComplaint: DONE,
    f.MailRefused: DONE,
    f.DocumentExists: AGAIN,
    f.DocumentMissing: DONE,
    f.IndexMissing: 500,
    f.ReadAfterWrite: 500,
}
"""2xx: done, or impossible forever. 5xx: try again, and finally a dead letter that somebody sees."""


def status_of(error: Exception, table: dict[type[Exception], int]) -> int:
    """The status of an error by its nearest class; 500 for an unexpected one."""
    if isinstance(error, e.UnreadableBody) and table is PERSON:
        return error.status
    return next((table[kind] for kind in type(error).__mro__ if kind in table), 500)


Handler = Callable[[Request], Response]
PathHandler = Callable[..., Response]
OFFICE_PAGES = ("/opd/", "/meja/", "/kasus/", "/papan/", "/alamat/")
LOOKING = ("GET", "HEAD")
KEEPS_WORDS = (410, 500, 503)
"""Statuses whose pages return the typed text: it was lost through no mistake of the writer."""


def http_endpoint(
    *patterns: str, methods: tuple[str, ...] = (*LOOKING, "POST"), files: tuple[str, ...] = ()
) -> Callable[[PathHandler], Handler]:
    """A function for people. Patterns are paths whose `<name>` segments become arguments. `files`: further paths
    for GET and HEAD only.
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
                require_desk_network(request)
                return handler(request, **arguments)
            except Exception as error:
                return error_response(request, error, handler.__name__)

        return _one_request(guarded)

    return wrap


def empty(status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A response without a body: for pushes and ticks."""
    return Response("", status, headers)


def pubsub_endpoint(handler: Handler) -> Handler:
    """A function that only Pub/Sub may wake."""
    return _woken(handler, BY_PUSH)


def scheduled_endpoint(handler: Handler) -> Handler:
    """A function that only the scheduler may wake."""
    return _woken(handler, BY_TICK)


def _woken(handler: Handler, by: str) -> Handler:
    """2xx when done or impossible forever, 5xx to try again; 401 and 403 for callers that may not wake it."""

    from functions.web.caller_auth import CallerRefused, admit_caller

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
    """While it runs, log lines name the function and the request, and one routing table stays in force."""

    @functools.wraps(handler)
    def one_request(request: Request) -> Response:
        told = request.headers
        trace = trace_of(told.get("traceparent", ""), told.get("X-Cloud-Trace-Context", ""))
        with working_as(handler.__name__, trace), pin_table_for_request():
            return handler(request)

    return one_request


def error_response(request: Request, error: Exception, function: str) -> Response:
    """An error of that function as the page or problem document of its class; never its own text."""
    from functions.views.shared.problem_page import problem_json, problem_page
    from functions.web.http import WORDS

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
    """An unexpected error; its text is only the reference under which it was logged."""

    @property
    def reference(self) -> str:
        """The reference that the person can tell us."""
        return str(self)


def _context_for(error: Exception, function: str) -> Context | None:
    """The context for the error page; None when Laksa itself is broken, so that there is a page all the same."""
    if not isinstance(error, UserError):
        return None
    try:
        from functions.web.factories import context

        return context()
    except Exception as broken:
        _log(broken, function, 500)
        return None


def headers_for(error: Exception) -> dict[str, str]:
    """Further headers of an error: allowed methods, or seconds until a retry."""
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
