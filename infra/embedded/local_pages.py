"""The pages that exist only while nothing is real: start page, inbox and clock. They answer only a browser on this
machine, not one behind a proxy or a form of another site. Also reads the moments that people and scripts enter for
the clock.
"""

from __future__ import annotations
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from functions.views.shared.rendering import iso
from infra.embedded.dispatch import Application, Environ
from infra.embedded.error_pages import PAGE_HEADERS, refusal, render
from infra.embedded.scheduler import GRACE
from workflows.adapters.file_mailer import CaughtMail
from workflows.domain.deadlines.calendar import WIB
from workflows.ports import Clock

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
FORWARDING = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
)


def is_direct_and_local(environ: Mapping[str, Any]) -> bool:
    """Whether the request has a loopback address, no sign of a proxy, a local Host, and no other
    site as origin.
    """
    return (
        _is_loopback(environ.get("REMOTE_ADDR", ""))
        and not any(name in environ for name in FORWARDING)
        and _host(environ.get("HTTP_HOST", "")) in LOCAL_HOSTS
        and not _is_another_sites_form(environ)
    )


def _is_another_sites_form(environ: Mapping[str, Any]) -> bool:
    own = environ.get("HTTP_SEC_FETCH_SITE", "none") in ("none", "same-origin")
    return environ["REQUEST_METHOD"] == "POST" and not own


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _host(header: str) -> str | None:
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None


FURTHEST = timedelta(days=731)


class NoMoment(ValueError):
    """The input is no moment the clock can go to; the message is for the person."""


def read_moment(typed: str, now: datetime) -> datetime:
    """A moment from ISO 8601, without an offset in WIB; the result is UTC. NoMoment when unreadable, past, or over
    two years ahead. A moment just past is accepted: it is a "now" that was shown to somebody and comes back.
    """
    at = _parse(typed.strip())
    if at < now - GRACE:
        raise NoMoment("Jam tidak bisa mundur. Pilih waktu setelah sekarang.")
    if at - now > FURTHEST:
        raise NoMoment("Jam maju paling jauh dua tahun sekali jalan.")
    return at


def _parse(typed: str) -> datetime:
    # in a form's body a bare "+" is a space, and people do send +07:00 that way
    for candidate in (typed, "+".join(typed.rsplit(" ", 1))):
        try:
            at = datetime.fromisoformat(candidate)
            return (at if at.tzinfo else at.replace(tzinfo=WIB)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    raise NoMoment("Waktu ini tidak terbaca. Contoh: 2026-11-24T08:00")


MAX_WAIT = 60.0
MAX_TYPED = 64 << 10
_MAIL = re.compile(r"/_lokal/mail/(\d{1,9})(/html)?")
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
_MAIL_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


class Inbox(Protocol):
    """The caught mails, newest first, or one by its number."""

    def caught(self) -> list[CaughtMail]: ...
    def one(self, number: int) -> CaughtMail | None: ...


@dataclass(frozen=True)
class LocalPages:
    """Start page, inbox and clock. `advance(at)` moves the clock and returns the number of ticks; `settle(s)`
    waits for work.
    """

    url: str
    inbox: Inbox
    clock: Clock
    advance: Callable[[datetime], int]
    settle: Callable[[float], bool]

    def for_request(self, environ: Environ) -> Application | None:
        """The application for a request that may see these pages; None for anybody else, as if there
        were no page.
        """
        if not is_direct_and_local(environ):
            return None
        request = Request(environ)
        request.max_content_length = MAX_TYPED
        handler = self._handlers().get(request.path) or self._mail_handler(request.path)
        return self._respond(request, *handler) if handler else None

    def _handlers(self) -> dict[str, tuple[str, Callable[[Request], Response]]]:
        return {
            "/_lokal": ("GET", self._hall),
            "/_lokal/mail": ("GET", self._list),
            "/_lokal/clock": ("POST", self._move_clock),
            "/_lokal/idle": ("POST", self._wait_until_idle),
        }

    def _mail_handler(self, path: str) -> tuple[str, Callable[[Request], Response]] | None:
        match = _MAIL.fullmatch(path)
        mail = self.inbox.one(int(match[1])) if match else None
        if match is None or mail is None:
            return None
        answer = _html_part(mail) if match[2] else self._page("mail.html", mail=mail)
        return "GET", lambda request: answer

    def _respond(self, request: Request, method: str, handler: Callable[[Request], Response]) -> Application:
        if request.method not in (("GET", "HEAD") if method == "GET" else (method,)):
            headers, words = refusal(405, not _wants_html(request))
            return Response(words, 405, {**headers, "Allow": "GET, HEAD" if method == "GET" else method})
        return handler(request)

    def _hall(self, request: Request) -> Response:
        return self._page("hall.html", count=len(self.inbox.caught()), **self._clock_facts())

    def _list(self, request: Request, error: str = "") -> Response:
        facts = self._clock_facts() | {"clock_error": error}
        return self._page("inbox.html", 422 if error else 200, mails=self.inbox.caught(), **facts)

    def _clock_facts(self) -> dict[str, Any]:
        now = self.clock.now()
        return {"now": now, "suggested": _next_morning(now), "clock_error": ""}

    def _page(self, template: str, status: int = 200, **facts: Any) -> Response:
        return Response(render(template, url=self.url, **facts), status, PAGE_HEADERS)

    def _move_clock(self, request: Request) -> Response:
        html_wanted = _wants_html(request)
        try:
            count = self.advance(read_moment(_typed_at(request), self.clock.now()))
        except ValueError as error:
            told = str(error) if isinstance(error, NoMoment) else "Jam sudah maju lebih jauh."
            return self._list(request, told) if html_wanted else _problem(422, "Jam tidak dipindahkan", told)
        if not self.settle(MAX_WAIT):
            return _problem(503, "Belum selesai", "Masih ada pekerjaan yang belum selesai.")
        if html_wanted:
            return Response("", 303, {**PAGE_HEADERS, "Location": "/_lokal/mail"})
        return _json({"now": iso(self.clock.now()), "ticks": count})

    def _wait_until_idle(self, request: Request) -> Response:
        idle = self.settle(MAX_WAIT)
        return _json({"idle": idle}, 200 if idle else 503)


def _wants_html(request: Request) -> bool:
    """Whether Accept names HTML: browsers do, scripts often send nothing."""
    return "text/html" in request.headers.get("Accept", "")


def _typed_at(request: Request) -> str:
    try:
        fields: Any = request.get_json() if request.is_json else request.form
        return str(fields["at"])
    except (HTTPException, KeyError, TypeError):
        raise NoMoment("Waktu tujuan belum diisi. Contoh: 2026-11-24T08:00") from None


def _html_part(mail: CaughtMail) -> Response:
    """The HTML as a mail client shows it; links open outside the inbox."""
    body = _HEAD.sub(lambda head: f'{head[0]}<base target="_blank">', mail.html, count=1)
    framed = {"Content-Security-Policy": _MAIL_CSP, "X-Frame-Options": "SAMEORIGIN"}
    return Response(body, 200, {**PAGE_HEADERS, **framed})


def _next_morning(now: datetime) -> datetime:
    return (now.astimezone(WIB) + timedelta(days=1)).replace(hour=8, minute=0)


def _json(data: Mapping[str, Any], status: int = 200, kind: str = "application/json") -> Response:
    headers = {**PAGE_HEADERS, "Content-Type": kind}
    return Response(json.dumps(data, ensure_ascii=False), status, headers)


def _problem(status: int, title: str, detail: str) -> Response:
    problem = {"type": "about:blank", "status": status, "title": title, "detail": detail}
    return _json(problem, status, "application/problem+json")
