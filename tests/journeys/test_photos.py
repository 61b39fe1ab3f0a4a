"""Photos on a running Laksa: sent with the form, seen by those who may, safe through a kill."""

from __future__ import annotations

from tests.journeys.city import City, Ticket, hidden
from tests.pictures.given import SECRET, decoded, encoded, phone_photo, scene

LAMP = "Lampu jalan di depan gang kami mati sejak hari Minggu, kalau malam gelap sekali dan anak-anak takut lewat."


def send(city: City, *photos: tuple[str, bytes], **fields: str) -> Ticket:
    """The form with photos, as a browser sends it."""
    token = hidden(city.http.get(city.url + "/").text, "form_token")
    data = {"message": LAMP, "form_token": token, **fields}
    files = [("photo", (name, content)) for name, content in photos]
    answer = city.http.post(city.url + "/", data=data, files=files, allow_redirects=False)
    assert answer.status_code == 303, answer.text[:500]
    return Ticket(city, city.url + answer.headers["Location"])


def test_a_photo_is_seen_by_citizen_and_officer_until_the_case_moves_on(city: City) -> None:
    ticket = send(city, ("IMG_1.jpg", phone_photo()), ("catatan.txt", b"bukan foto"), email="a@contoh.example")
    page = city.http.get(ticket.url).text
    assert "terkirim tanpa foto ke-2: bukan JPEG, PNG atau WebP" in page
    mine = city.http.get(ticket.url + "/foto/1")
    assert (mine.status_code, mine.headers["Content-Type"]) == (200, "image/jpeg")
    assert decoded(mine.content).size == (800, 600)
    assert SECRET.encode() not in mine.content
    link = city.mail("dishub@opd.example", ticket.number).link
    assert "/foto/1?kecil=1" in city.http.get(link).text
    assert city.http.get(link + "/foto/1").content == mine.content
    assert len(city.http.get(link + "/foto/1?kecil=1").content) < len(mine.content)
    city.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
    assert city.http.get(link + "/foto/1").status_code == 410
    assert city.http.get(ticket.url + "/foto/1").status_code == 200


def test_an_officer_reads_what_became_of_each_photo(village: City) -> None:
    ticket = village.submit(LAMP, email="a@contoh.example")
    link = village.mail("dishub@opd.example", ticket.number).link
    problem = village.refused(link, 422, "answer", b"bukan foto", phone_photo()[:3000])
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [
        ("photo", "not_a_photo"),
        ("photo", "damaged"),
    ]
    assert "Foto ini tidak dapat dipakai" in village.press(link, "progress", b"bukan foto").text
    assert ticket.state()["status"] == "assigned"
    told = village.act(link, "answer", b"bukan foto", phone_photo())
    assert told["status"] == "answered"
    assert [(photo["n"], photo["code"]) for photo in told["left_out"]] == [(1, "not_a_photo")]
    assert "Terkirim tanpa foto ke-1" in told["left_out"][0]["message"]
    assert "Terkirim tanpa foto ke-1" in village.http.get(link).text


def test_three_photos_of_eight_megabytes_fit_into_one_form(village: City) -> None:
    photo = phone_photo()
    large = photo + b"\0" * ((8 << 20) - len(photo))
    ticket = send(village, *[(f"{n}.jpg", large) for n in range(3)])
    assert [village.http.get(f"{ticket.url}/foto/{n}").status_code for n in (1, 2, 3, 4)] == [200, 200, 200, 404]


def test_a_photo_that_was_answered_for_survives_a_kill(village: City) -> None:
    ticket = send(village, ("a.png", encoded(scene(3), "PNG")))
    before = village.http.get(ticket.url + "/foto/1").content
    village.kill()
    village.start()
    assert village.http.get(ticket.url + "/foto/1").content == before
    assert not [file for file in (village.data / "photos").iterdir() if file.name.startswith(".")]


def test_no_log_names_a_photo_or_its_path(village: City) -> None:
    ticket = send(village, ("rahasia-siti.jpg", phone_photo()), ("b.jpg", b"x"))
    for n in (1, 2):
        village.http.get(f"{ticket.url}/foto/{n}")
    log = (village.data / "host.log").read_text()
    assert not [word for word in ("rahasia-siti", ticket.number, "/foto/") if word in log]
