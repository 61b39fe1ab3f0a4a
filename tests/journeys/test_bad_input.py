"""Whatever is sent: a clear answer or a quiet no-op, never a 500, and nothing that was typed is lost."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from tests.journeys.city import City, hidden

GOOD = "Saluran di depan rumah saya tersumbat dan airnya meluap ke jalan setiap hujan."
JSON = {"Accept": "application/json"}
BOUNDARY = {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"message": ""}, "message"),
        ({"message": "pendek"}, "message"),
        ({"message": "x" * 5001}, "message"),
        ({"message": "bin\x00ary\x01 text yang aneh"}, "message"),
        ({"message": GOOD, "kelurahan": "Atlantis"}, "kelurahan"),
        ({"message": GOOD, "email": "bukan-email"}, "email"),
        ({"message": GOOD, "phone": "telepon"}, "phone"),
        ({"message": GOOD, "latitude": "utara", "longitude": "106"}, "latitude"),
        ({"message": GOOD, "visibility": "secret"}, "visibility"),
        ({"message": GOOD, "kind": "curhat"}, "kind"),
        ({"message": GOOD, "form_token": "palsu"}, "form_token"),
        ({"message": {"a": 1}}, "message"),
    ],
)
def test_a_field_that_is_wrong_is_named(village: City, fields: dict[str, Any], named: str) -> None:
    answer = village.http.post(village.url + "/", json=fields)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [named]
    assert all(error["message"] for error in answer.json()["errors"])


def test_the_form_comes_back_with_everything_that_was_typed(village: City) -> None:
    typed = {
        "message": "lubang",
        "place": "Jl. <b>Rasuna</b> 5",
        "name": "Ani O'Hara",
        "email": "salah",
        "phone": "08",
    }
    answer = village.http.post(village.url + "/", data=typed)
    assert answer.status_code == 422
    assert "<title>Perbaiki: " in answer.text
    assert "Jl. &lt;b&gt;Rasuna&lt;/b&gt; 5" in answer.text
    for kept in ("lubang", "Ani O&#39;Hara", 'value="salah"', 'value="08"'):
        assert kept in answer.text


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {"Content-Type": "application/json"}, 400),
        (b"[1]", {"Content-Type": "application/json"}, 400),
        (b"[" * 100_000, {"Content-Type": "application/json"}, 400),
        (b"\xff\xfe", {"Content-Type": "application/json"}, 400),
        (b"hello", {"Content-Type": "text/plain"}, 415),
        (b"<a/>", {"Content-Type": "application/xml"}, 415),
        (b"--x\r\nContent-Disposition: form-data; name=message\r\n\r\nno end", BOUNDARY, 400),
        (b"garbage", BOUNDARY, 400),
        (b"garbage", {"Content-Type": "multipart/form-data"}, 400),
        (
            b"message=caf\xe9 yang rusak sekali hurufnya",
            {"Content-Type": "application/x-www-form-urlencoded"},
            422,
        ),
        (b"", {}, 422),
    ],
)
def test_a_body_that_cannot_be_read_gets_a_clear_answer(
    village: City, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = village.http.post(village.url + "/", data=body, headers=headers)
    assert answer.status_code == status
    assert "<h1" in answer.text or answer.json()["detail"]
    assert "Traceback" not in answer.text


def test_a_huge_body_is_refused_unparsed_in_our_words(village: City) -> None:
    answer = village.http.post(
        village.url + "/", files={"photo": ("a.jpg", b"x" * (33 << 20))}, data={"message": GOOD}
    )
    assert answer.status_code == 413
    assert "32 MB" in answer.text


def test_the_same_form_twice_is_one_complaint_with_other_words_a_conflict(village: City) -> None:
    token = hidden(village.http.get(village.url + "/").text, "form_token")
    first, second, other = (
        village.http.post(village.url + "/", data={"message": text, "form_token": token}, allow_redirects=False)
        for text in (GOOD, GOOD, GOOD + " Tambahan.")
    )
    assert (first.status_code, second.status_code, other.status_code) == (303, 303, 409)
    assert first.headers["Location"] == second.headers["Location"]
    assert first.headers["Location"] not in other.text
    assert "Tambahan." in other.text


def test_an_idempotency_key_does_the_same_for_scripts(village: City) -> None:
    answers = [
        village.http.post(
            village.url + "/", json={"message": text}, headers={"Idempotency-Key": "kunci-0123456789"}
        )
        for text in (GOOD, GOOD, GOOD + "!")
    ]
    assert [a.status_code for a in answers] == [201, 200, 409]
    assert answers[0].json() == answers[1].json()


def test_a_key_that_is_too_short_is_called_so(village: City) -> None:
    answer = village.http.post(village.url + "/", json={"message": GOOD}, headers={"Idempotency-Key": "12345"})
    assert answer.status_code == 422
    assert "Kunci ini baru 5 huruf. Pakai sedikitnya 16 huruf acak" in str(answer.json())


FORGED = ["x", "a" * 500, "%00", "..%2f..", "é", "AAAAAAAAAAAAAAAAAAAAAAAAAAA.0000000000d11"]


@pytest.mark.parametrize("path", ["/opd/", "/meja/", "/laporan/LKS-0000-0000-0/"])
@pytest.mark.parametrize("token", FORGED)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_link_opens_nothing(village: City, path: str, token: str, method: str) -> None:
    answer = village.http.request(method, village.url + path + token, data={"action": "answer", "message": "x"})
    assert answer.status_code in (403, 404)
    assert "<h1" in answer.text


def test_a_number_without_its_key_reads_the_same_whether_or_not_it_exists(village: City) -> None:
    real = village.submit(GOOD).number
    answers = [village.http.get(f"{village.url}/laporan/{number}") for number in (real, "LKS-0000-0000-0")]
    assert [a.status_code for a in answers] == [403, 403]
    assert answers[0].text.replace(real, "") == answers[1].text.replace("LKS-0000-0000-0", "")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/laporan", "/opd/x", "/sehat"])
def test_other_methods_are_refused_by_name(village: City, method: str, path: str) -> None:
    answer = village.http.request(method, village.url + path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/tidak/ada", "/robots.txt/x", "/route_complaint", "/sweep", "/_push/sweep"])
def test_no_other_page_is_there_and_the_answer_is_ours(village: City, path: str) -> None:
    answer = village.http.get(village.url + path)
    assert answer.status_code == 404
    assert "Laksa" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_garbage_instead_of_http_does_not_hurt(village: City) -> None:
    with socket.create_connection(("127.0.0.1", village.port), timeout=5) as raw:
        raw.sendall(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")
        answer = raw.recv(4096)
    assert b"waitress" not in answer.lower()
    assert village.http.get(village.url + "/sehat").status_code == 200


@pytest.mark.parametrize("odd", [{"website": "http://spam.example"}, {"message": GOOD + " http://spam.example"}])
def test_what_looks_like_a_machine_is_kept_for_the_desk_never_dropped(village: City, odd: dict[str, str]) -> None:
    ticket = village.submit(**({"message": GOOD, "email": "mesin@contoh.example"} | odd))
    assert ticket.state()["status"] == "at_desk"
    assert not village.mails("mesin@contoh.example", ticket.number)


def test_over_the_limit_of_an_address_complaints_wait_for_the_desk(village: City) -> None:
    states = []
    for n in range(25):
        sent = village.http.post(
            village.url + "/",
            json={"message": f"{GOOD} Nomor {n}."},
            headers={"X-Forwarded-For": "203.0.113.7", **JSON},
        )
        assert sent.status_code == 201
        states.append(sent.json()["url"])
    village.idle()
    assert village.page(states[0])["status"] == "assigned"
    assert village.page(states[-1])["status"] == "at_desk"
