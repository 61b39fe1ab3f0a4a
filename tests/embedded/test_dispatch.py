"""Paths to functions: what reaches which, and what no function is asked for."""

from __future__ import annotations
from pathlib import Path

import pytest
from werkzeug.test import Client

from infra.embedded.dispatch import Dispatch, Targets
from infra.topology import read_topology
from tests.embedded.sample_functions import OURS

SOURCE = Path(__file__).with_name("sample_functions.py")


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(Dispatch(read_topology(), Targets(SOURCE).app))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", "formulir /"),
        ("/laporan/LKS/kunci", "laporan /laporan/LKS/kunci dari langsung"),
        ("/opd/t0ken", "kasus /opd/t0ken"),
        ("/meja/t0ken", "meja /meja/t0ken"),
        ("/healthz", '{"status": "ok"}'),
    ],
)
def test_a_path_reaches_its_function_unchanged(client: Client, path: str, text: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (200, text)


@pytest.mark.parametrize(
    "path", ["/tidak-ada", "/opd//t0ken", "/sweep", "/route_complaint", "/_push/route_complaint", "/_lokal", "/%ff"]
)
def test_a_path_that_nobody_has_gets_the_page_of_ours_that_says_so(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, OURS)


@pytest.mark.parametrize(("path", "name"), [("/_push/route_complaint", "route_complaint"), ("/_tick/sweep", "sweep")])
def test_where_callers_are_asked_pushes_and_ticks_have_paths(path: str, name: str) -> None:
    assert read_topology().match_private(path) == name


@pytest.mark.parametrize("path", ["/_tick/route_complaint", "/_push/sweep", "/_push/health", "/_push/", "/_push"])
def test_a_private_path_is_that_of_its_kind_alone(path: str) -> None:
    assert read_topology().match_private(path) is None


def test_crawlers_are_told_to_leave_what_stands_behind_links(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.status_code == 200
    assert {"Disallow: /laporan/", "Disallow: /opd/", "Disallow: /meja/"} <= set(answer.text.splitlines())
    assert "Disallow: /" not in answer.text.splitlines()


def test_the_icon_browsers_ask_for_by_habit_is_the_one_there_is(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/favicon.svg")
    assert client.post("/favicon.ico").status_code == 405


@pytest.mark.parametrize(
    ("accept", "kind"), [("text/html", "text/html"), ("application/json", "application/problem+json")]
)
def test_what_a_function_lets_fall_is_answered_in_our_words(client: Client, accept: str, kind: str) -> None:
    answer = client.get("/?fall=1", headers={"Accept": accept})
    assert answer.status_code == 500
    assert answer.headers["Content-Type"].startswith(kind)
    assert "Ada yang salah di pihak Laksa" in answer.text
    assert "secret" not in answer.text
