"""Private functions where no platform asks the callers: the right token wakes them, every other is refused."""

from __future__ import annotations
import base64
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Request, Response
from werkzeug.test import EnvironBuilder

import main
from functions.app.container import container
from functions.app.settings import Callers, SettingsError, read_settings
from infra import one_service
from infra.topology import Function, read_topology
from tests.local_issuer import PUSH_AUDIENCE, TICK_ACCOUNT, TICK_AUDIENCE, Key, LocalIssuer, local_issuer
from tests.workflows.world import World

pytestmark = pytest.mark.slow

PRIVATE = [function for function in read_topology().functions if function.access in ("push", "tick")]
NOTHING_SAID = {"message": {"data": base64.b64encode(b'{"ticket": "LKS-0000-0000-0"}').decode()}}
STRANGER = Key("stranger")


@pytest.fixture(scope="module")
def issuer() -> Iterator[LocalIssuer]:
    with local_issuer() as running:
        yield running


@pytest.fixture
def asking(laksa: World, issuer: LocalIssuer) -> LocalIssuer:
    """This process asks every caller for a token of the issuer."""
    container().settings = replace(container().settings, callers=read_settings(issuer.settings()).callers)
    return issuer


def call(name: str, authorization: str | None) -> Response:
    """Wake a function as Pub/Sub or the scheduler would."""
    headers = {} if authorization is None else {"Authorization": authorization}
    builder = EnvironBuilder(path="/", method="POST", json=NOTHING_SAID, headers=list(headers.items()))
    answer = getattr(main, name)(Request(builder.get_environ()))
    assert isinstance(answer, Response)
    return answer


@pytest.mark.parametrize("function", PRIVATE, ids=lambda function: function.name)
def test_each_private_function_is_woken_by_its_own_caller_alone(asking: LocalIssuer, function: Function) -> None:
    own, other = (asking.push(), asking.tick()) if function.access == "push" else (asking.tick(), asking.push())
    assert call(function.name, f"Bearer {own}").status_code == 204
    for refused, status in ((None, 401), (f"Bearer {other}", 403)):
        answer = call(function.name, refused)
        assert (answer.status_code, answer.get_data()) == (status, b"")


def test_without_a_token_the_answer_says_what_is_missing(asking: LocalIssuer) -> None:
    assert call("sweep", None).headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer  ", "Basic dTpw", "bearer", "Bearer\t"])
def test_a_header_without_a_token_is_none(asking: LocalIssuer, header: str) -> None:
    assert call("route_complaint", header).status_code == 401


NOW = int(time.time())
WRONG: dict[str, dict[str, Any]] = {
    "another audience": {"aud": "https://other.example"},
    "the other's audience": {"aud": TICK_AUDIENCE},
    "a list of audiences": {"aud": [PUSH_AUDIENCE]},
    "no audience": {"aud": None},
    "another account": {"email": "stranger@gmail.com"},
    "the other's account": {"email": TICK_ACCOUNT},
    "no account": {"email": None},
    "not verified": {"email_verified": False},
    "verified as text": {"email_verified": "true"},
    "verified unsaid": {"email_verified": None},
    "another issuer": {"iss": "https://accounts.example"},
    "the issuer without https": {"iss": "accounts.google.com"},
    "no issuer": {"iss": None},
    "expired": {"iat": NOW - 7200, "exp": NOW - 3600},
    "not yet": {"iat": NOW + 3600, "exp": NOW + 7200},
    "without end": {"exp": None},
    "an end that is no number": {"exp": "tomorrow"},
    "too long": {"nonce": "x" * 5000},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG.keys())
def test_a_token_that_says_something_else_is_refused(asking: LocalIssuer, changed: dict[str, Any]) -> None:
    assert call("route_complaint", f"Bearer {asking.push(**changed)}").status_code == 403


def test_a_token_signed_by_somebody_else_is_refused(asking: LocalIssuer) -> None:
    stolen_id = Key("stolen")
    stolen_id.id = asking.key.id
    for key in (STRANGER, stolen_id):
        assert call("route_complaint", f"Bearer {asking.push(key)}").status_code == 403


def cut(token: str) -> dict[str, str]:
    """What somebody may make of a good token."""
    header, claims, signature = token.split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT","kid":"first"}').decode().rstrip("=")
    symmetric = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT","kid":"first"}').decode().rstrip("=")
    elliptic = base64.urlsafe_b64encode(b'{"alg":"ES256","typ":"JWT","kid":"first"}').decode().rstrip("=")
    nameless = base64.urlsafe_b64encode(b'{"alg":"RS256","typ":"JWT"}').decode().rstrip("=")
    more = base64.urlsafe_b64encode(json.dumps({"aud": PUSH_AUDIENCE}).encode()).decode().rstrip("=")
    return {
        "no signature": f"{header}.{claims}.",
        "the signature stripped, as Cloud Run does": f"{header}.{claims}.SIGNATURE_REMOVED_BY_GOOGLE",
        "other claims": f"{header}.{more}.{signature}",
        "unsigned": f"{unsigned}.{claims}.",
        "symmetric": f"{symmetric}.{claims}.{signature}",
        "elliptic": f"{elliptic}.{claims}.{signature}",
        "nameless": f"{nameless}.{claims}.{signature}",
        "two parts": f"{header}.{claims}",
        "no token": "x",
        "lists": "W10.W10.W10",
        "deep": base64.urlsafe_b64encode(b"[" * 3000).decode() + ".e30.",
        "letters of elsewhere": "é.é.é",
    }


@pytest.mark.parametrize("how", cut("a.b.c"))
def test_a_token_that_was_tampered_with_is_refused(asking: LocalIssuer, how: str) -> None:
    assert call("route_complaint", f"Bearer {cut(asking.push())[how]}").status_code == 403


def test_the_log_names_the_reason_nothing_of_the_token(asking: LocalIssuer, caplog: pytest.LogCaptureFixture) -> None:
    token = asking.push(email="stranger@gmail.com")
    call("route_complaint", f"Bearer {token}")
    (line,) = (record.__dict__ for record in caplog.records)
    told = (line["levelno"], line["function"], line["state"], line["reference"])
    assert told == (logging.WARNING, "route_complaint", 403, "other account")
    assert token.split(".")[1] not in str(line) and "stranger" not in str(line)


def test_where_the_issuer_does_not_answer_the_message_is_to_come_again(asking: LocalIssuer) -> None:
    away = container().settings.callers._replace(certs="http://127.0.0.1:9/certs")
    container().settings = replace(container().settings, callers=away)
    assert call("route_complaint", f"Bearer {asking.push()}").status_code == 503


def test_one_service_for_all_does_not_answer_unchecked_callers(laksa: World) -> None:
    container().settings = replace(container().settings, callers=Callers("iam"))
    request = Request(EnvironBuilder(path="/_push/route_complaint", method="POST", json=NOTHING_SAID).get_environ())
    with pytest.raises(SettingsError, match="LAKSA_CALLERS=token is needed"):
        one_service.laksa(request)


@pytest.mark.parametrize("check", ["iam", "none"])
def test_where_the_platform_checks_no_token_is_looked_at(laksa: World, issuer: LocalIssuer, check: str) -> None:
    container().settings = replace(container().settings, callers=Callers(check))
    stripped = issuer.push().rsplit(".", 1)[0] + ".SIGNATURE_REMOVED_BY_GOOGLE"
    assert call("route_complaint", f"Bearer {stripped}").status_code == 204
