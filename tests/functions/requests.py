"""A request as a function gets it, the link it may come by, and its answer."""

from __future__ import annotations
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Request, Response
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder

from functions.app.container import container
from tests.builders import TEXT, complaint
from workflows.ports import CaseGrant


def get(path: str, **headers: str) -> Request:
    """GET a path with headers."""
    builder = EnvironBuilder(path=path, headers=list(headers.items()))
    try:
        return Request(builder.get_environ())
    finally:
        builder.close()


def form(*photos: tuple[str, bytes], path: str = "/", accept: str = "", **fields: str) -> Request:
    """A form with files, as a browser sends it or a machine; each photo is its name and its bytes."""
    data: MultiDict[str, Any] = MultiDict({"message": TEXT, **fields})
    for name, content in photos:
        data.add("photo", (io.BytesIO(content), name))
    headers = [("Accept", accept)] if accept else []
    builder = EnvironBuilder(path=path, method="POST", data=data, headers=headers)
    environ = builder.get_environ()
    with environ["wsgi.input"] as sent:
        environ["wsgi.input"] = io.BytesIO(sent.read())
    builder.close()
    return Request(environ)


def ask(function: Callable[[Request], Any], request: Request) -> Response:
    """What a function answers."""
    answer = function(request)
    assert isinstance(answer, Response)
    return answer


def token(role: str = "department", assignment_no: int = 1, days: int = 60) -> str:
    """A link of this process's own keys."""
    expires = container().clock.now() + timedelta(days=days)
    return container().links.case_token(CaseGrant(complaint().ticket, role, assignment_no, expires))
