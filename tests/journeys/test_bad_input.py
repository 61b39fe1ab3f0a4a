"""Whatever is sent: a clear answer or a quiet no-op, never a 500, and nothing that was typed is lost."""

from __future__ import annotations
import socket
from typing import Any

import pytest
import requests

from tests.journeys.city import City, hidden

GOOD = "Saluran di depan rumah saya tersumbat dan airnya meluap ke jalan setiap hujan."


def test_a_field_that_is_wrong_is_named(village: City) -> None:
    wrong: dict[str, Any] = {"kelurahan": "Atlantis", "email": "bukan-email", "form_token": "palsu"}
    for fields in ({"message": {"a": 1}}, {"message": "bin\x00ary\x01 text yang aneh"}, {"message": GOOD, **wrong}):
        answer = village.http.post(village.url + "/", json=fields)
        assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
        errors = answer.json()["errors"]
        assert {error["field"] for error in errors} == ({*wrong} if len(fields) > 1 else {"message"})
        assert all(error["message"] for error in errors)


def test_the_form_comes_back_with_everything_that_was_typed(village: City) -> None:
    typed = {"message": "lubang", "place": "Jl. <b>Rasuna</b> 5", "name": "Ani O'Hara", "email": "salah", "phone": "08"}
    answer = village.http.post(village.url + "/", data=typed)
    assert answer.status_code == 422
    assert "<title>Perbaiki: " in answer.text
    assert "Jl. &lt;b&gt;Rasuna&lt;/b&gt; 5" in answer.text
    for kept in ("lubang", "Ani O&#39;Hara", 'value="salah"', 'value="08"'):
        assert kept in answer.text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"[" * 100_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"hello", "text/plain", 415),
        (b"--x\r\nContent-Disposition: form-data; name=message\r\n\r\nno end", "multipart/form-data; boundary=x", 400),
        (b"garbage", "multipart/form-data", 400),
        (b"message=caf\xe9 yang rusak sekali hurufnya", "application/x-www-form-urlencoded", 422),
    ],
    ids=range(6),
)
def test_a_body_that_cannot_be_read_gets_a_clear_answer(village: City, body: bytes, kind: str, status: int) -> None:
    answer = village.http.post(village.url + "/", data=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert "<h1" in answer.text or answer.json()["detail"]
    assert "Traceback" not in answer.text


def test_a_huge_body_is_refused_unparsed_in_our_words(village: City) -> None:
    answer = village.http.post(village.url + "/", files={"photo": ("a.jpg", b"x" * (33 << 20))}, data={"message": GOOD})
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
    def sent(message: str, key: str = "kunci-0123456789") -> requests.Response:
        return village.http.post(village.url + "/", json={"message": message}, headers={"Idempotency-Key": key})

    answers = [sent(text) for text in (GOOD, GOOD, GOOD + "!")]
    assert [a.status_code for a in answers] == [201, 200, 409]
    assert answers[0].json() == answers[1].json()
    short = sent(GOOD, "12345")
    assert short.status_code == 422 and "Kunci ini baru 5 huruf" in str(short.json())


def test_a_key_that_is_too_short_is_called_so(village: City) -> None:
    answer = village.http.post(village.url + "/", json={"message": GOOD}, headers={"Idempotency-Key": "12345"})
    assert answer.status_code == 422
    assert "Kunci ini baru 5 huruf. Pakai sedikitnya 16 huruf acak" in str(answer.json())


FORGED = ["x", "a" * 500, "%00", "..%2f..", "é", "AAAAAAAAAAAAAAAAAAAAAAAAAAA.0000000000d11"]


def test_a_forged_link_opens_nothing(village: City) -> None:
    for path in (f"{start}{token}" for start in ("/opd/", "/meja/", "/laporan/LKS-0000-0000-0/") for token in FORGED):
        for method in ("GET", "POST"):
            answer = village.http.request(method, village.url + path, data={"action": "answer", "message": "x"})
            assert answer.status_code in (403, 404) and "<h1" in answer.text, (method, path)


def test_a_number_without_its_key_reads_the_same_whether_or_not_it_exists(village: City) -> None:
    real = village.submit(GOOD).number
    answers = [village.http.get(f"{village.url}/laporan/{number}") for number in (real, "LKS-0000-0000-0")]
    assert [a.status_code for a in answers] == [403, 403]
    assert answers[0].text.replace(real, "") == answers[1].text.replace("LKS-0000-0000-0", "")


def test_other_methods_and_pages_are_refused_in_our_words(village: City) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        for path in ("/", "/laporan", "/opd/x", "/sehat"):
            answer = village.http.request(method, village.url + path)
            assert answer.status_code == 405 and "GET" in answer.headers["Allow"], (method, path)
    for path in ("/tidak/ada", "/robots.txt/x", "/route_complaint", "/sweep", "/_push/sweep"):
        answer = village.http.get(village.url + path)
        assert answer.status_code == 404 and "Laksa" in answer.text, path
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
