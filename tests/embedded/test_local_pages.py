"""The pages of this machine: inbox and clock for whoever sits at it, and nobody else."""

from __future__ import annotations
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.embedded.conftest import Host, running_host
from tests.embedded.sample_functions import OURS

WIB = timedelta(hours=7)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _now(host: Host) -> datetime:
    """Laksa's own time, which only grows."""
    _, page = host.ask("GET", "/_lokal")
    suggested = re.search(r'name="at" value="([^"]+)"', page)
    assert suggested
    return datetime.fromisoformat(suggested[1]).replace(tzinfo=UTC) - WIB


def _move(host: Host, at: str, **headers: str) -> tuple[int, str]:
    answer, body = host.ask("POST", "/_lokal/clock", urlencode({"at": at}), {**FORM, **headers})
    return answer.status, body


def test_moving_the_clock_over_a_day_runs_its_ticks_and_sends_mail(host: Host) -> None:
    at = _now(host) + timedelta(minutes=2)
    _move(host, at.isoformat())
    before = len(list((host.data / "mail").glob("*.eml")))
    status, body = _move(host, (at + timedelta(days=1)).isoformat())
    answer = json.loads(body)
    assert (status, answer["ticks"]) == (200, 12 * 24 + 1)
    assert datetime.fromisoformat(answer["now"]) >= at + timedelta(days=1)
    assert answer["now"].endswith("+07:00")
    assert len(list((host.data / "mail").glob("*.eml"))) == before + 1


def test_a_moment_without_offset_is_in_wib_and_a_bare_plus_is_read(host: Host) -> None:
    at = _now(host) + timedelta(minutes=10)
    _, body = _move(host, (at + WIB).replace(tzinfo=None).isoformat())
    assert at <= datetime.fromisoformat(json.loads(body)["now"]) < at + timedelta(minutes=1)
    later = (at + timedelta(minutes=10) + WIB).replace(tzinfo=None).isoformat()
    answer, _ = host.ask("POST", "/_lokal/clock", f"at={later}+07:00", FORM)
    assert answer.status == 200


def test_json_moves_the_clock_too(host: Host) -> None:
    body = json.dumps({"at": (_now(host) + timedelta(minutes=1)).isoformat()})
    answer, _ = host.ask("POST", "/_lokal/clock", body, {"Content-Type": "application/json"})
    assert answer.status == 200


@pytest.mark.parametrize("at", ["2001-01-01T00:00:00+00:00", "besok", "", "9999-12-31T23:59"])
def test_back_unreadable_or_too_far_is_refused_and_moves_nothing(host: Host, at: str) -> None:
    before = _now(host)
    assert _move(host, at)[0] == 422
    assert _now(host) - before < timedelta(minutes=2)


def test_the_now_that_was_just_answered_may_come_back_but_nothing_older(host: Host) -> None:
    now = json.loads(_move(host, (_now(host) + timedelta(minutes=2)).isoformat())[1])["now"]
    status, body = _move(host, now)
    assert (status, json.loads(body)["ticks"]) == (200, 0)
    earlier = datetime.fromisoformat(now) - timedelta(seconds=6)
    assert _move(host, earlier.isoformat())[0] == 422


def test_a_script_reads_what_was_wrong_as_a_problem(host: Host) -> None:
    for method, at, status in (("GET", "", 405), ("POST", "besok", 422)):
        answer, body = host.ask(method, "/_lokal/clock", urlencode({"at": at}), {**FORM, "Accept": "application/json"})
        problem = json.loads(body)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (answer.status, problem["status"]) == (status, status)
        assert problem["title"]
        assert problem["detail"]


def test_a_browser_comes_back_to_the_inbox_and_sees_there_what_was_wrong(host: Host) -> None:
    at = (_now(host) + timedelta(minutes=1)).isoformat()
    assert _move(host, at, Accept="text/html,*/*")[0] == 303
    status, page = _move(host, "2001-01-01T00:00", Accept="text/html,*/*")
    assert status == 422
    assert "Jam tidak bisa mundur" in page
    assert "<title>Perbaiki: Kotak surat" in page


def test_idle_answers_when_nothing_is_due(host: Host) -> None:
    answer, body = host.ask("POST", "/_lokal/idle")
    assert (answer.status, json.loads(body)) == (200, {"idle": True})


def test_the_inbox_shows_each_mail_and_makes_only_our_own_links_clickable(host: Host) -> None:
    _move(host, (_now(host) + timedelta(days=1)).isoformat())
    _, inbox = host.ask("GET", "/_lokal/mail")
    assert "Laporan baru &amp; “penting”" in inbox
    assert "Kepada dishub@opd.example" in inbox
    assert f'href="http://127.0.0.1:{host.port}/opd/t0ken"' in inbox
    _, mail = host.ask("GET", "/_lokal/mail/1")
    assert f'<a href="http://127.0.0.1:{host.port}/opd/t0ken">' in mail
    assert "http://evil.example/klik" in mail
    assert 'href="http://evil.example' not in mail


def test_the_html_part_can_run_and_load_nothing(host: Host) -> None:
    answer, body = host.ask("GET", "/_lokal/mail/1/html")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert '<base target="_blank">' in body


@pytest.mark.parametrize("path", ["/_lokal", "/_lokal/mail", "/_lokal/mail/1", "/_lokal/clock", "/_lokal/idle"])
@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
        {"Host": "laksa.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_for_anybody_else_there_is_no_such_page(host: Host, path: str, headers: dict[str, str]) -> None:
    answer, body = host.ask("POST", path, b"at=2099-01-01T00:00", headers)
    assert (answer.status, body) == (404, OURS)


def test_the_wrong_method_is_refused_and_an_unknown_mail_is_no_page(host: Host) -> None:
    assert host.ask("GET", "/_lokal/clock")[0].status == 405
    assert host.ask("POST", "/_lokal/mail")[0].status == 405
    assert host.ask("GET", "/_lokal/mail/999999")[0].status == 404


def test_where_mail_is_real_there_are_no_such_pages(tmp_path: Path) -> None:
    real = {"SMTP_URL": "smtp://127.0.0.1:1", "LAKSA_URL": "https://laksa.example"}
    with running_host(tmp_path, **real) as host:
        answer, body = host.ask("POST", "/_lokal/clock", b"at=2099-01-01T00:00")
        assert (answer.status, body) == (404, OURS)
