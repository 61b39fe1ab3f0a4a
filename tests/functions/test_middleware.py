"""Whatever goes wrong, a person gets a page of ours, and the log names the function, never the path."""

from __future__ import annotations
import logging
import os
import sqlite3
from contextlib import closing
from errno import ENOSPC
from pathlib import Path

import pytest
from flask import Request, Response

from functions.app.container import container
from functions.app.logging import cause_of
from functions.complaint_form import FILES, complaint_form
from functions.mailbox_page import mailbox_page
from functions.web.middleware import http_endpoint
from tests.functions.requests import ask as answer_of
from tests.functions.requests import form, get
from tests.workflows.world import World
from workflows.adapters.sqlite import sqlite_errors
from workflows.errors import Forbidden, LinkExpired
from workflows.failures import PhotosUnavailable, StoreUnavailable

PATH = "/rusak/rahasia"
RAISES: dict[str, Exception] = {}


@http_endpoint("/rusak/<token>")
def broken_page(request: Request, token: str) -> Response:
    """Raises what the test has laid out."""
    raise RAISES[token]


@pytest.fixture
def broken_keys(laksa: World, tmp_path: Path) -> World:
    """A Laksa whose keys cannot be read, so that no page can be made with links."""
    (tmp_path / "secrets.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="no file of keys"):
        _ = container().links
    return laksa


def ask(error: Exception, **headers: str) -> Response:
    RAISES["rahasia"] = error
    return broken_page(get(PATH, **headers))


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    return [(r.__dict__["function"], r.__dict__["error"], r.__dict__["reference"]) for r in caplog.records]


def test_an_unforeseen_error_is_logged_with_a_reference(laksa: World, caplog: pytest.LogCaptureFixture) -> None:
    answer = ask(ZeroDivisionError("rahasia"))
    ((function, error, reference),) = logged(caplog)
    assert (answer.status_code, function, error) == (500, "broken_page", "ZeroDivisionError")
    assert reference in answer.get_data(as_text=True)
    assert "rahasia" not in answer.get_data(as_text=True) + str([r.__dict__ for r in caplog.records])


def full() -> StoreUnavailable:
    """What a store says whose disk has no page left."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA max_page_count = 1")
        with pytest.raises(StoreUnavailable) as refused, sqlite_errors():
            database.execute("CREATE TABLE one_more (page)")
    return refused.value


def test_the_cause_of_an_error_is_logged_in_the_store_s_words(laksa: World, caplog: pytest.LogCaptureFixture) -> None:
    assert ask(full()).status_code == 503
    (record,) = caplog.records
    assert record.__dict__["cause"] == "OperationalError: database or disk is full"


def test_words_that_somebody_may_have_typed_are_no_cause() -> None:
    away = PhotosUnavailable("rahasia")
    away.__cause__ = ValueError("rahasia")
    assert cause_of(away) == "ValueError"
    away.__cause__ = OSError(ENOSPC, os.strerror(ENOSPC), "/rahasia")
    assert cause_of(away) == "OSError: No space left on device"
    away.__cause__ = None
    assert cause_of(away) == ""


def test_a_page_without_its_facts_is_logged(broken_keys: World, caplog: pytest.LogCaptureFixture) -> None:
    ask(Forbidden())
    assert [(r.levelno, *logged(caplog)[0][:2]) for r in caplog.records] == [
        (logging.ERROR, "broken_page", "ValueError")
    ]


def test_an_expired_link_s_page_names_the_department(laksa: World) -> None:
    assert "email DLH yang terdaftar" in ask(LinkExpired("LKS-0000-0000-0", "DLH")).get_data(as_text=True)


@pytest.mark.parametrize("path", FILES)
def test_a_file_can_only_be_looked_at_and_says_so(laksa: World, path: str) -> None:
    answer = answer_of(complaint_form, form(path=path))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert answer_of(complaint_form, get(path)).status_code == 200


@pytest.mark.parametrize("action", ["confirm", "", "dance"])
def test_a_forged_mailbox_link_is_refused_before_its_act_is_read(laksa: World, action: str) -> None:
    assert answer_of(mailbox_page, get("/alamat/x")).status_code == 403
    assert answer_of(mailbox_page, form(path="/alamat/x", action=action)).status_code == 403
