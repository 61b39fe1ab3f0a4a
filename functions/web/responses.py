"""Responses with the headers that every page of Laksa carries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Request, Response

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
