"""Whatever goes wrong, a person gets a page of ours, and the log names the function, never the path."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Request, Response

from functions.edge.guard import page
from functions.wiring import runtime
from tests.functions.requests import get
from tests.workflows.world import World
from workflows.errors import Forbidden, LinkExpired
from workflows.failures import StoreUnavailable, UnknownComplaint

PATH = "/rusak/rahasia"
RAISES: dict[str, Exception] = {}


@page("/rusak/<token>")
def broken_page(request: Request, token: str) -> Response:
    """Raises what the test has laid out."""
    raise RAISES[token]


@pytest.fixture
def broken_keys(laksa: World, tmp_path: Path) -> World:
    """A Laksa whose keys cannot be read, so that no page can be made with links."""
    (tmp_path / "secrets.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="no file of keys"):
        _ = runtime().links
    return laksa


def ask(error: Exception, **headers: str) -> Response:
    RAISES["rahasia"] = error
    return broken_page(get(PATH, **headers))


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    return [(r.__dict__["function"], r.__dict__["error"], r.__dict__["reference"]) for r in caplog.records]


def test_an_unforeseen_error_is_logged_under_the_function_s_own_name_and_the_page_s_reference(
    laksa: World, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ask(ZeroDivisionError("rahasia"))
    ((function, error, reference),) = logged(caplog)
    assert (answer.status_code, function, error) == (500, "broken_page", "ZeroDivisionError")
    assert reference in answer.get_data(as_text=True)
    assert "rahasia" not in answer.get_data(as_text=True) + str([r.__dict__ for r in caplog.records])


def test_an_unforeseen_error_asks_for_nothing_that_may_be_broken_too(
    broken_keys: World, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ask(ValueError("keys"))
    assert (answer.status_code, [error for _, error, _ in logged(caplog)]) == (500, ["ValueError"])
    assert "Laksa mengalami gangguan" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Forbidden(), 403),
        (LinkExpired("LKS-0000-0000-0", "DLH"), 410),
        (UnknownComplaint("x"), 403),
        (StoreUnavailable(), 503),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_of_ours_has_its_page_even_without_keys(
    broken_keys: World, error: Exception, status: int
) -> None:
    assert ask(error).status_code == status
    assert ask(error, Accept="application/json").get_json()["status"] == status


def test_what_is_away_is_logged_as_a_warning_without_a_reference(
    laksa: World, caplog: pytest.LogCaptureFixture
) -> None:
    assert ask(StoreUnavailable()).status_code == 503
    assert logged(caplog) == [("broken_page", "StoreUnavailable", "")]
    assert [r.levelno for r in caplog.records] == [logging.WARNING]


def test_a_page_without_its_facts_is_logged(broken_keys: World, caplog: pytest.LogCaptureFixture) -> None:
    ask(Forbidden())
    assert [(r.levelno, *logged(caplog)[0][:2]) for r in caplog.records] == [
        (logging.ERROR, "broken_page", "ValueError")
    ]


def test_an_expired_link_s_page_names_the_department(laksa: World) -> None:
    assert "email DLH yang terdaftar" in ask(LinkExpired("LKS-0000-0000-0", "DLH")).get_data(as_text=True)
