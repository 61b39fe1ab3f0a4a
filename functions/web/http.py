"""What every page needs of HTTP: the body of a request as flat text fields, who sends it, and responses with
the headers that every page of Laksa carries. Callers are identified for rate limits by a keyed hash, never
by the address itself.
"""

from __future__ import annotations
import ipaddress
import json
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Request, Response
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from functions.app.container import container
from functions.app.settings import lies_in
from workflows.errors import BodyTooLarge, FieldError, InvalidInput, OutsideDeskNetworks, TooManyTries, UnreadableBody
from workflows.frozen import frozen

if TYPE_CHECKING:
    from functions.app.settings import Settings
    from workflows.ports import Links


_CSP = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SCRIPT = {"Content-Security-Policy": f"{_CSP}; script-src 'self'"}
"""Headers of the form and the receipt, whose only script keeps a draft on the phone."""
_PICTURE_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; sandbox"
"""A browser shows a picture in a page of its own, with its own style."""
_JSON = ("application/json", "application/problem+json")
HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}


def language(asked: str) -> str:
    """The language of a citizen's page: Indonesian, unless English is requested."""
    return "en" if asked == "en" else "id"


def html(page: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An HTML page."""
    return Response(page, status, {**HEADERS, **(headers or {})}, content_type="text/html; charset=utf-8")


def as_json(
    data: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None, problem: bool = False
) -> Response:
    """A JSON document, or an RFC 9457 problem."""
    body = json.dumps(data, ensure_ascii=False)
    kind = "application/problem+json" if problem else "application/json"
    return Response(body, status, {**HEADERS, **(headers or {})}, content_type=kind)


def see_other(path: str) -> Response:
    """303 to a path of our own, so that reloading the page does not send again."""
    return Response("", 303, {**HEADERS, "Location": path})


def back_to_page(request: Request) -> Response:
    """303 to the page that was posted from, in its language."""
    lang = request.args.get("lang")
    return see_other(f"{request.path}?lang={lang}" if lang in ("id", "en") else request.path)


def asset(content: bytes, kind: str, tag: str, known: bool) -> Response:
    """A file that may be cached as long as its URL contains its hash."""
    cache = "public, max-age=31536000, immutable" if known else "public, max-age=300"
    headers = {**HEADERS, "Cache-Control": cache, "ETag": f'"{tag}"'}
    headers.pop("X-Robots-Tag")
    return Response(content, 200, headers, content_type=kind)


def photo(content: bytes, kind: str, name: str) -> Response:
    """A photo that no cache may store; `name` is the suggested file name."""
    held = {"Content-Security-Policy": _PICTURE_CSP, "Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, 200, {**HEADERS, **held}, content_type=kind)


def download(content: bytes, name: str, kind: str = "text/csv; charset=utf-8") -> Response:
    """A file to save; `name` is the suggested file name."""
    held = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, 200, {**HEADERS, **held}, content_type=kind)


def wants_json(request: Request) -> bool:
    """Whether Accept prefers JSON, or the body is JSON and Accept does not name HTML."""
    accept = request.accept_mimetypes
    if max(accept[kind] for kind in _JSON) > accept["text/html"]:
        return True
    return request.is_json and "text/html" not in request.headers.get("Accept", "")


def is_page(request: Request) -> bool:
    """Whether a person's browser sent a form: neither the body nor Accept is JSON."""
    return not (request.is_json or wants_json(request))


def sender_key(request: Request, settings: Settings, links: Links) -> str:
    """A keyed hash of the caller's address; '' for this machine."""
    address = client_address(request, settings.proxies)
    return links.digest("sender", address) if address else ""


def client_address(request: Request, proxies: int) -> str:
    """The caller's household behind our own proxies; '' for this machine."""
    if _is_loopback(request.remote_addr or "") and not _hops(request):
        return ""
    return _household(client_key(request, proxies))


def client_key(request: Request, proxies: int) -> str:
    """The exact address of the caller. Forwarding headers are trusted only for our own proxies: the configured
    ones, or one on the same machine.
    """
    peer, hops = request.remote_addr or "", _hops(request)
    trusted = proxies or (1 if _is_loopback(peer) else 0)
    return hops[-min(trusted, len(hops))] if hops and trusted else peer


def _hops(request: Request) -> list[str]:
    return [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]


def _household(address: str) -> str:
    """The address to count: for IPv6 the /64, since a customer owns all of it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


DESK_PAGES = ("/meja/", "/papan/")


def require_desk_network(request: Request) -> None:
    """OutsideDeskNetworks for a desk link opened elsewhere, even with a valid token. A caller on this machine, or
    behind a proxy here that names nobody, is allowed if 127.0.0.1 or ::1 is listed.
    """
    if not request.path.startswith(DESK_PAGES):
        return
    settings = container().settings
    if settings.desk_allow and not lies_in(client_key(request, settings.proxies), settings.desk_allow):
        raise OutsideDeskNetworks


MAX_SENDERS = 10_000


class AttemptLimit:
    """A number of attempts within a time span; senders by their keyed hash, '' for this machine."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._tries: dict[str, list[datetime]] = {}
        self._lock = Lock()

    def refuse_more(self, sender: str, now: datetime) -> None:
        """TooManyTries once the sender has used up its attempts."""
        with self._lock:
            lately = [at for at in self._tries.get(sender, []) if at > now - self._within]
        if sender and len(lately) >= self._most:
            raise TooManyTries(lately[-self._most] + self._within - now)

    def note(self, sender: str, now: datetime) -> None:
        """Count an attempt; with very many senders the oldest one is dropped."""
        with self._lock:
            lately = self._tries.pop(sender, [])
            self._tries[sender] = [*lately, now][-self._most :]
            if len(self._tries) > MAX_SENDERS:
                del self._tries[next(iter(self._tries))]


LARGEST = 32 * 1024 * 1024
MAX_FIELDS = 200
PHOTO, FILE = "photo", "file"
MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_NAME_LENGTH = 100
WORDS = "laksa.words"
"""Key in the request's environ for typed text, which the page of an unexpected error returns."""


@frozen
class Body:
    """The text fields of a request, and its files: those sent as `photo`, and those sent as `file` by name. A file
    over 8 MiB, or 2 MiB for `file`, is cut to one byte more, enough to be refused.
    """

    fields: dict[str, str] = field(default_factory=dict)
    photos: tuple[bytes, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()

    def get(self, name: str) -> str:
        """A field as typed, '' when it was not sent."""
        return self.fields.get(name, "")


def read_body(request: Request) -> Body:
    """The request's fields; BodyTooLarge before anything is parsed, UnreadableBody for what cannot be parsed."""
    body = _read(request)
    request.environ[WORDS] = body.get("message") or body.get("reason")
    return body


def _read(request: Request) -> Body:
    length = request.content_length or 0
    if length > LARGEST:
        raise BodyTooLarge
    if request.mimetype == "multipart/form-data":
        return _read_multipart(request)
    if request.mimetype == "application/x-www-form-urlencoded":
        return Body(_read_urlencoded(request))
    if request.is_json:
        return Body(_read_json(request))
    if length == 0 and not request.mimetype:
        return Body()
    raise UnreadableBody(415)


def _read_urlencoded(request: Request) -> dict[str, str]:
    """The fields; bytes that are not UTF-8 become U+FFFD, so that the person sees which words to type again."""
    text = request.get_data().decode("utf-8", "replace")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise UnreadableBody(400) from error
    return dict(reversed(pairs))


def _read_multipart(request: Request) -> Body:
    parser = FormDataParser(max_form_memory_size=LARGEST, max_content_length=LARGEST, silent=False)
    try:
        _, form, files = parser.parse(request.stream, request.mimetype, request.content_length, request.mimetype_params)
    except RequestEntityTooLarge as error:
        raise BodyTooLarge from error
    except (ValueError, KeyError, LookupError) as error:
        raise UnreadableBody(400) from error
    from workflows.pictures.prepare import LARGEST as LARGEST_PHOTO

    photos = tuple(file.stream.read(LARGEST_PHOTO + 1) for file in _named(files, PHOTO))
    others = tuple((_base_name(file), file.stream.read(MAX_FILE_BYTES + 1)) for file in _named(files, FILE))
    for _, file in files.items(multi=True):
        file.close()
    return Body({name: form[name] for name in form}, photos, others)


def _named(files: MultiDict[str, FileStorage], field: str) -> list[FileStorage]:
    """The chosen files: an empty field of a form sends a file without a name."""
    return [file for file in files.getlist(field) if file.filename]


def _base_name(file: FileStorage) -> str:
    return (file.filename or "").replace("\\", "/").rpartition("/")[2][:MAX_NAME_LENGTH]


def _read_json(request: Request) -> dict[str, str]:
    try:
        data = json.loads(request.get_data().decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnreadableBody(400) from error
    if not isinstance(data, dict):
        raise UnreadableBody(400)
    wrong = [FieldError(str(name)[:40], "bad_choice") for name, value in data.items() if isinstance(value, list | dict)]
    if wrong:
        raise InvalidInput(wrong)
    return {str(name): _text(value) for name, value in data.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
