"""Wake-up calls that make no sense, or come twice, late or in another order: nothing happens, nobody complains."""

from __future__ import annotations

import base64
import json
from typing import Any

import functions_framework
import pytest

from tests.journeys.city import ROOT

PUSHED = ("route_complaint", "send_notice", "check_deadline", "dead_letter")
NONSENSE: list[Any] = [
    b"",
    b"{",
    b"[]",
    b"\xff",
    {},
    {"message": {}},
    {"message": {"data": ""}},
    {"message": {"data": "###"}},
    {"message": {"data": base64.b64encode(b"[1]").decode()}},
    {"message": {"data": base64.b64encode(b'{"ticket": 5}').decode()}},
    {"message": {"data": base64.b64encode(b'{"ticket": "LKS-0000-0000-0", "notice": "none"}').decode()}},
    {"message": {"data": base64.b64encode(b'{"ticket": "../x", "notice": "a/b"}').decode()}},
]


@pytest.fixture
def call(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Each function alone, made by the framework's own factory as it would be deployed."""
    from functions.app import container

    monkeypatch.setenv("LAKSA_DATA", str(tmp_path))
    monkeypatch.delenv("LAKSA_STACK", raising=False)
    container.container.cache_clear()

    def post(function: str, body: Any) -> int:
        app: Any = functions_framework.create_app(function, str(ROOT / "main.py"), "http")  # type: ignore[no-untyped-call]
        client = app.test_client()
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return int(client.post("/", data=data, content_type="application/json").status_code)

    yield post
    container.container.cache_clear()


@pytest.mark.parametrize("function", PUSHED)
@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
def test_a_push_nobody_understands_is_taken_and_forgotten(call: Any, function: str, body: Any) -> None:
    assert 200 <= call(function, body) < 300


@pytest.mark.parametrize("function", ["sweep", "morning_digest"])
def test_a_tick_with_nothing_to_do_is_done(call: Any, function: str) -> None:
    assert call(function, b"{}") == 204
