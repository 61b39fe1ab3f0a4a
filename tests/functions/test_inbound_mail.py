"""`POST /surat-masuk`: who may hand in a mail, what is answered, and that it is stored by then."""

from __future__ import annotations

import pytest
from flask import Request, Response
from werkzeug.test import EnvironBuilder

from functions.app.container import container
from functions.inbound_mail import inbound_mail
from tests.workflows.world import World
from workflows.collection_names import INBOUND
from workflows.ports import Query

pytestmark = pytest.mark.slow

SECRET = "rahasia-kota"
RAW = b"From: a@b.example\r\nTo: laksa@laksa.example\r\n\r\nhalo\r\n"


@pytest.fixture
def laksa(laksa: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Laksa with a secret."""
    return with_secret(laksa, monkeypatch, SECRET)


def with_secret(laksa: World, monkeypatch: pytest.MonkeyPatch, secret: str) -> World:
    monkeypatch.setenv("LAKSA_INBOUND_SECRET", secret)
    container.cache_clear()
    container().store, container().clock = laksa.store, laksa.clock
    return laksa


def post(
    body: bytes = RAW, said: str | None = f"Bearer {SECRET}", method: str = "POST", more: dict[str, str] | None = None
) -> Response:
    headers = {
        "Content-Type": "message/rfc822",
        **({"Authorization": said} if said is not None else {}),
        **(more or {}),
    }
    builder = EnvironBuilder(path="/surat-masuk", method=method, data=body, headers=list(headers.items()))
    try:
        answer = inbound_mail(Request(builder.get_environ()))
    finally:
        builder.close()
    assert isinstance(answer, Response)
    return answer


def stored(laksa: World) -> int:
    return laksa.store.count(Query(INBOUND))


@pytest.mark.parametrize(
    "said", [None, "", "Bearer", "Bearer ", "Bearer salah", f"Basic {SECRET}", SECRET, f"Bearer {SECRET}x", "Bearer ¿"]
)
def test_without_the_secret_nobody_hands_in_a_mail(laksa: World, said: str | None) -> None:
    answer = post(said=said)
    assert (answer.status_code, answer.headers["WWW-Authenticate"], stored(laksa)) == (401, "Bearer", 0)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("said", [None, "Bearer", "Bearer ", "Bearer x"])
def test_without_a_secret_set_nobody_does(laksa: World, monkeypatch: pytest.MonkeyPatch, said: str | None) -> None:
    with_secret(laksa, monkeypatch, "")
    assert post(said=said).status_code == 401


def test_over_25_mb_is_413_and_25_mb_are_not(laksa: World) -> None:
    most = 25 * 1024 * 1024
    assert post(RAW + b"x" * (most - len(RAW))).status_code == 202
    assert post(RAW + b"x" * (most - len(RAW) + 1)).status_code == 413
    assert stored(laksa) == 1


def test_nothing_is_no_mail(laksa: World) -> None:
    assert post(b" \r\n").status_code == 400
