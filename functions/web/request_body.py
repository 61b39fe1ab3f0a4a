"""The body of a request as flat text fields; unreadable parts are reported, never guessed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from workflows.errors import BodyTooLarge, FieldError, InvalidInput, UnreadableBody

LARGEST = 32 * 1024 * 1024
MAX_FIELDS = 200
PHOTO, FILE = "photo", "file"
MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_NAME_LENGTH = 100
WORDS = "laksa.words"
"""Key in the request's environ for typed text, which the page of an unexpected error returns."""


@dataclass(frozen=True)
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
        _, form, files = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
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
    wrong = [
        FieldError(str(name)[:40], "bad_choice") for name, value in data.items() if isinstance(value, list | dict)
    ]
    if wrong:
        raise InvalidInput(wrong)
    return {str(name): _text(value) for name, value in data.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
