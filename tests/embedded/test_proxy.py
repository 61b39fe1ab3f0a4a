"""What the proxy of one machine lets through, whom it says is calling, and what it keeps to itself."""

from __future__ import annotations
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Request

from functions.web.http import client_key
from infra.embedded.local_pages import is_direct_and_local
from infra.embedded.server import MAX_BODY_DISCARDED
from infra.topology import Function, read_topology
from tests.embedded.conftest import running_host
from tests.embedded.proxy import CADDYFILE, NAME, Proxy, Upstream, passed_paths, running_proxy
from tests.emulators import free_port
from tests.journeys.city import City

TOPOLOGY = read_topology()
SERVERS_OWN = ("/robots.txt", "/favicon.ico")
OUTSIDE = [path for function in TOPOLOGY.functions for path in function.http]
PRIVATE = [TOPOLOGY.private_path(function) for function in TOPOLOGY.functions if not function.http]
LOCAL = ["/_lokal", "/_lokal/mail", "/_lokal/mail/1/html", "/_lokal/clock", "/_lokal/idle"]
WRITTEN_ODDLY = [
    "//_lokal/clock",
    "/laporan/../_lokal/clock",
    "/laporan/%2e%2e/_lokal/clock",
    "/laporan/x%2f..%2f..%2f_lokal/clock",
    "/%5flokal/clock",
    "/_LOKAL/clock",
    "/opd/..%2f_push/send_notice",
    "/_tick//sweep",
]
Before = tuple[Proxy, Upstream]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Before]:
    """The proxy, and the server behind it."""
    upstream = Upstream(free_port())
    with upstream.answering(), running_proxy(tmp_path_factory.mktemp("caddy"), upstream.port) as proxy:
        yield proxy, upstream


@pytest.mark.parametrize("path", [*OUTSIDE, *SERVERS_OWN])
def test_what_people_need_gets_through_as_it_was_asked(before: Before, path: str) -> None:
    proxy, upstream = before
    asked = re.sub("<[a-z]+>", "eyJ0-x.y_z", path) + "?lang=en&m=x%2Fy"
    answer, _ = proxy.ask("GET", asked)
    assert (answer.status, upstream.asked[-1][0]) == (200, asked)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", [*LOCAL, *PRIVATE, *WRITTEN_ODDLY, "/wp-login.php"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_else_reaches_laksa(before: Before, method: str, path: str) -> None:
    proxy, upstream = before
    so_far = len(upstream.asked)
    answer, body = proxy.ask(method, path, {"Host": f"{NAME}:{proxy.port}"}, b"at=2099-01-01T00:00")
    assert (answer.status, len(upstream.asked)) == (404, so_far)
    assert "Halaman ini tidak ada" in body.decode()


@pytest.mark.parametrize("passed", passed_paths())
def test_nothing_gets_through_that_no_function_has(passed: str) -> None:
    assert passed in SERVERS_OWN or _has(passed)


def _has(passed: str) -> bool:
    if passed.endswith("/*"):
        return any(path.startswith(f"{passed[:-1]}<") for path in OUTSIDE)
    found = TOPOLOGY.match(passed)
    return bool(found) and _is_outside(TOPOLOGY.by_name[found or ""])


def _is_outside(function: Function) -> bool:
    return function.access in ("public", "link", "secret")


@pytest.mark.parametrize("forged", ["203.0.113.9", "203.0.113.9, 127.0.0.1", ""])
def test_the_caller_is_who_really_called(before: Before, forged: str) -> None:
    proxy, upstream = before
    proxy.ask("GET", "/", {"X-Forwarded-For": forged}, source="127.0.0.7")
    environ = _as_laksa_sees_it(upstream)
    assert client_key(Request(environ), proxies=1) == "127.0.0.7"


def test_whoever_says_to_be_local_is_not(before: Before) -> None:
    proxy, upstream = before
    proxy.ask("GET", "/", {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"})
    assert not is_direct_and_local(_as_laksa_sees_it(upstream) | {"HTTP_HOST": "127.0.0.1"})


def _as_laksa_sees_it(upstream: Upstream) -> dict[str, str]:
    path, headers = upstream.asked[-1]
    told = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return {"REMOTE_ADDR": "127.0.0.1", "REQUEST_METHOD": "GET", "PATH_INFO": path, **told}


def test_without_tls_people_are_sent_to_the_address_with_it(before: Before) -> None:
    connection = HTTPConnection("127.0.0.1", before[0].plain_port, timeout=10)
    connection.request("GET", "/laporan", headers={"Host": NAME})
    answer = connection.getresponse()
    connection.close()
    assert answer.status == 308
    assert answer.headers["Location"].startswith(f"https://{NAME}")


@pytest.mark.parametrize("host", ["127.0.0.1", "lain.example", "localhost:8080"])
def test_by_another_name_nothing_is_there(before: Before, host: str) -> None:
    proxy, upstream = before
    so_far = len(upstream.asked)
    connection = HTTPConnection("127.0.0.1", proxy.plain_port, timeout=10)
    connection.request("GET", "/laporan", headers={"Host": host})
    plain = connection.getresponse().status
    connection.close()
    by_tls, words = proxy.ask("GET", "/laporan", {"Host": host})
    assert (plain, by_tls.status, bool(words), len(upstream.asked)) == (421, 421, True, so_far)


def test_no_log_knows_who_asked_for_what_not_even_after_an_error(before: Before) -> None:
    proxy, _ = before
    proxy.ask("GET", "/laporan/LKS-1/k3y?m=m4rk", source="127.0.0.9")
    answer, body = proxy.ask("POST", "/laporan/fall/k3y?m=m4rk", {"Referer": "https://x/k3y"}, source="127.0.0.9")
    assert (answer.status, answer.headers["Retry-After"]) == (502, "60")
    assert "Laksa sedang tidak menjawab" in body.decode()
    log = proxy.log.read_text("utf-8")
    assert "serving initial configuration" in log
    assert [word for word in ("k3y", "m4rk", "127.0.0.9", "LKS-1") if word in log] == []


def test_while_laksa_starts_again_whoever_opens_a_page_waits(tmp_path: Path) -> None:
    upstream, answers = Upstream(free_port()), list[int]()
    with running_proxy(tmp_path, upstream.port) as proxy:
        asking = threading.Thread(target=lambda: answers.append(proxy.ask("GET", "/")[0].status))
        asking.start()
        time.sleep(0.3)
        with upstream.answering():
            asking.join(60)
    assert answers == [200]


def test_what_is_sent_while_laksa_is_away_is_tried_once_and_refused(tmp_path: Path) -> None:
    upstream, answered = Upstream(free_port()), threading.Event()
    with running_proxy(tmp_path, upstream.port) as proxy, ThreadPoolExecutor() as threads:
        sending = threads.submit(proxy.ask, "POST", "/", None, bytes(300_000))
        sending.add_done_callback(lambda _: answered.set())
        answered.wait(8)
        with upstream.answering():
            answer, words = sending.result(120)
    assert (answer.status, upstream.asked) == (502, [])
    assert "mungkin belum tersimpan, mungkin sudah" in words.decode()


def test_what_was_sent_and_broke_off_is_not_sent_again(before: Before) -> None:
    proxy, upstream = before
    path = "/laporan/fall/once"
    proxy.ask("POST", path)
    assert [asked for asked, _ in upstream.asked if asked == path] == [path]


def test_what_is_too_large_is_refused_in_laksa_s_own_words(tmp_path: Path) -> None:
    with running_host(tmp_path / "data") as host, running_proxy(tmp_path, host.port) as proxy:
        function, words = proxy.ask("POST", "/", body=bytes(33 << 20))
        server, page = proxy.ask("POST", "/", body=bytes(65 << 20))
    assert (function.status, words.decode()) == (413, "terlalu besar (dari fungsi)")
    assert (server.status, "lebih dari 32 MB dan tidak tersimpan" in page.decode()) == (413, True)


def test_a_report_and_its_letter_go_through_and_the_caught_mail_does_not(tmp_path: Path) -> None:
    settings = {"LAKSA_PROXIES": "1"}
    city = City(tmp_path / "data", env=settings)
    with running_proxy(tmp_path, city.port) as proxy:
        settings["LAKSA_URL"] = f"https://{NAME}:{proxy.port}"
        city.start()
        sent = b"message=Lampu+PJU+di+gang+kami+mati+total%2C+sudah+tiga+malam+gelap."
        answer, _ = proxy.ask("POST", "/", {"Content-Type": "application/x-www-form-urlencoded"}, sent)
        page, _ = proxy.ask("GET", answer.headers["Location"])
        letter = city.mail("dishub@opd.example", answer.headers["Location"].split("/")[2])
        opened, _ = proxy.ask("GET", _path_in(letter.text, settings["LAKSA_URL"]))
        local = [proxy.ask("GET", path, {"Host": host})[1] for host in (NAME, "127.0.0.1") for path in LOCAL]
        assert city.stop() == 0
    assert (answer.status, page.status, opened.status) == (303, 200, 200)
    refused = (b"Halaman ini tidak ada", b"Nama ini bukan alamat Laksa")
    assert [body for body in local if not body.startswith(refused)] == []


def _path_in(text: str, url: str) -> str:
    link = re.search(rf"^{re.escape(url)}(/opd/\S+)$", text, re.MULTILINE)
    assert link, text
    return link[1]


def test_the_proxy_lets_no_more_pass_than_laksa_has_patience_for() -> None:
    most = re.findall(r"max_size (\d+)GiB", CADDYFILE.read_text("utf-8"))
    assert [int(gibibytes) << 30 for gibibytes in most] == [MAX_BODY_DISCARDED]
