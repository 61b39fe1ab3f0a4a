"""Photos on a running Laksa: cleaned or left out with a word, seen by those who may, safe through a kill."""

from __future__ import annotations
import io
import zipfile

from tests.journeys.city import City, Ticket, hidden
from tests.journeys.offices import LAMP
from tests.pictures.given import SECRET, decoded, encoded, phone_photo, png_of, scene


def send(city: City, *photos: tuple[str, bytes] | tuple[str, bytes, str], **fields: str) -> Ticket:
    """The form with photos (name, content, said type), as a browser sends it."""
    city.later(minutes=1.5)  # no flood, of which an office gets a list
    token = hidden(city.http.get(city.url + "/").text, "form_token")
    data = {"message": LAMP, "form_token": token, **fields}
    files = [("photo", photo) for photo in photos]
    answer = city.http.post(city.url + "/", data=data, files=files, allow_redirects=False)
    assert answer.status_code == 303, answer.text[:500]
    return Ticket(city, city.url + answer.headers["Location"])


def test_a_photo_is_seen_by_citizen_and_officer_until_the_case_moves_on(town: City) -> None:
    ticket = send(town, ("IMG_1.jpg", phone_photo()), ("catatan.txt", b"bukan foto"), email="a@contoh.example")
    page = town.http.get(ticket.url).text
    assert "terkirim tanpa foto ke-2: bukan JPEG, PNG atau WebP" in page
    mine = town.http.get(ticket.url + "/foto/1")
    assert (mine.status_code, mine.headers["Content-Type"]) == (200, "image/jpeg")
    assert decoded(mine.content).size == (800, 600)
    assert SECRET.encode() not in mine.content
    link = town.mail("dishub@opd.example", ticket.number).link
    assert "/foto/1?kecil=1" in town.http.get(link).text
    assert town.http.get(link + "/foto/1").content == mine.content
    assert len(town.http.get(link + "/foto/1?kecil=1").content) < len(mine.content)
    town.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
    assert town.http.get(link + "/foto/1").status_code == 410
    assert town.http.get(ticket.url + "/foto/1").status_code == 200


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
    village.idle()  # the letters' own lines name the complaint, and come when they like
    log = (village.data / "host.log").read_text()
    assert f'"notice": "{ticket.number}' in log
    assert not [word for word in ("rahasia-siti", f"/{ticket.number}/", "/foto/") if word in log]


MARK = b"RAHASIA-DI-DALAM-FOTO"
PAGE = b"<html><script>alert('" + MARK + b"')</script></html>"
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><photoshop:City>" + MARK + b"</photoshop:City></x:xmpmeta>"
BOTH = b"*/=1;alert('" + MARK + b"')/*"
"""A script that is a picture, too."""


def in_segment(marker: int, content: bytes) -> bytes:
    """A photo with one more segment behind its beginning."""
    photo = encoded(scene(1))
    return photo[:2] + bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content + photo[2:]


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("isi.txt", MARK)
    return out.getvalue()


def two_in_one() -> bytes:
    """What phones with a depth picture write."""
    return encoded(scene(1), "MPO", save_all=True, append_images=[scene(2, 400, 300)]) + MARK


def segments(jpeg: bytes) -> set[int]:
    """The kinds of all segments before the picture itself, and that nothing lies behind it."""
    found, at = set(), 2
    assert jpeg[:2] == b"\xff\xd8" and jpeg[-2:] == b"\xff\xd9" and jpeg.count(b"\xff\xd9") == 1
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def test_what_has_a_picture_is_served_as_that_picture_alone(village: City) -> None:
    first = (("foto.html", encoded(scene(1)) + PAGE), ("foto.js", in_segment(0xFE, BOTH)), ("a.jpg", two_in_one()))
    second = (("foto.zip", encoded(scene(1)) + zipped()), ("b.jpg", in_segment(0xE1, XMP)), ("c.jpg", phone_photo()))
    for sent in (first, second):
        ticket = send(village, *((name, content, "text/html") for name, content in sent))
        for path in (f"{n}{size}" for n in (1, 2, 3) for size in ("", "?kecil=1")):
            served = village.http.get(f"{ticket.url}/foto/{path}")
            assert (served.status_code, served.headers["Content-Type"]) == (200, "image/jpeg")
            assert served.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in served.headers["Content-Security-Policy"]
            assert "script-src" not in served.headers["Content-Security-Policy"]
            assert ".jpg" in served.headers["Content-Disposition"]
            assert not segments(served.content) & {0xFE, *range(0xE1, 0xF0)}
            for word in (MARK, b"<script", b"PK\x03\x04", b"GPS", b"adobe"):
                assert word not in served.content
    kept = {file.name: file.read_bytes() for file in (village.data / "photos").iterdir()}
    assert [name for name, content in kept.items() if MARK in content] == []
    photos = {name: content for name, content in kept.items() if not name.startswith("surat-")}  # a mail's bytes
    assert photos and all(content[:2] == b"\xff\xd8" for content in photos.values())


def test_what_has_none_is_left_out_with_a_word_and_the_report_stays(village: City) -> None:
    drawn = b"<svg xmlns='http://www.w3.org/2000/svg'>" + PAGE + b"</svg>"
    for photos, reasons in (
        ((("bom.png", png_of(30_000, 30_000)), ("foto.svg", drawn)), ("40 megapiksel", "bukan JPEG")),
        (
            (("a.jpg", phone_photo()[:3000]), ("9.jpg", encoded(scene(1)) + b"\0" * (9 << 20))),
            ("rusak", "lebih dari 8 MB"),
        ),
    ):
        ticket = send(village, *photos)
        assert ticket.state()["message"] == LAMP
        assert village.http.get(ticket.url + "/foto/1").status_code == 404
        page = village.http.get(ticket.url).text
        assert "terkirim tanpa foto" in page and MARK.decode() not in page
        assert [reason for reason in reasons if reason not in page] == []
