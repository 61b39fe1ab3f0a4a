"""A request as a function gets it."""

from __future__ import annotations

from flask import Request
from werkzeug.test import EnvironBuilder


def get(path: str, **headers: str) -> Request:
    """GET a path with headers."""
    builder = EnvironBuilder(path=path, headers=list(headers.items()))
    try:
        return Request(builder.get_environ())
    finally:
        builder.close()
