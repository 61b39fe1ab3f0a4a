"""Wake-up calls that make no sense, or come twice, late or in another order: nothing happens, nobody complains."""

from __future__ import annotations
import base64
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import functions_framework
import pytest

from functions.app.container import ROOT, container

pytestmark = pytest.mark.slow
Call = Callable[[str, Any], int]
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


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Call]:
    """Each function alone, made once by the framework's own factory as it would be deployed."""

    @cache
    def app_of(function: str) -> Any:
        return functions_framework.create_app(function, str(ROOT / "main.py"), "http")  # type: ignore[no-untyped-call]

    def post(function: str, body: Any) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        client = app_of(function).test_client()
        return int(client.post("/", data=data, content_type="application/json").status_code)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAKSA_DATA", str(tmp_path_factory.mktemp("data")))
        patch.delenv("LAKSA_STACK", raising=False)
        container.cache_clear()
        yield post
        container.cache_clear()


def test_a_push_nobody_understands_is_taken_and_a_tick_with_nothing_to_do_is_done(call: Call) -> None:
    for function in PUSHED:
        assert [body for body in NONSENSE if not 200 <= call(function, body) < 300] == [], function
    assert [call(function, b"{}") for function in ("sweep", "morning_digest")] == [204, 204]
