"""Photos on a running Laksa: cleaned or left out with a word, seen by those who may, safe through a kill."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from PIL import Image

from tests.journeys.city import City, Ticket, hidden
from tests.journeys.offices import LAMP
from tests.pictures.given import SECRET, decoded, encoded, phone_photo, png_of, scene


def send(city: City, *photos: tuple[str, bytes] | tuple[str, bytes, str], **fields: str) -> Ticket:
    """The form with photos (name, content, said type), as a browser sends it."""
    token = hidden(city.http.get(city.url + "/").text, "form_token")
    data = {"message": LAMP, "form_token": token, **fields}
    files = [("photo", photo) for photo in photos]
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
    village.idle()  # the letters' own lines name the complaint, and come when they like
    log = (village.data / "host.log").read_text()
    assert f'"notice": "{ticket.number}' in log
    assert not [word for word in ("rahasia-siti", f"/{ticket.number}/", "/foto/") if word in log]


MARK = b"RAHASIA-DI-DALAM-FOTO"
PAGE = b"<html><script>alert('" + MARK + b"')</script></html>"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><photoshop:City>" + MARK + b"</photoshop:City></x:xmpmeta>"
NO_PICTURE, TOO_LARGE, TOO_MANY, BROKEN = "bukan JPEG", "lebih dari 8 MB", "40 megapiksel", "rusak"


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def in_segment(marker: int, content: bytes) -> bytes:
    """A photo with one more segment behind its beginning."""
    photo = encoded(scene(1))
    return photo[:2] + bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content + photo[2:]


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("isi.txt", MARK)
    return out.getvalue()


def animated() -> bytes:
    frames = [scene(n, 200, 150) for n in (1, 2, 3)]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100, xmp=XMP)


def two_in_one() -> bytes:
    """What phones with a depth picture write."""
    out = io.BytesIO()
    scene(1).save(out, "MPO", save_all=True, append_images=[scene(2, 400, 300)])
    return out.getvalue() + MARK


CLEANED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a phone's, with its place": ("IMG_1.jpg", phone_photo),
    "a page behind the picture": ("foto.html", lambda: encoded(scene(1)) + PAGE),
    "a page in a comment": ("foto.jpg", lambda: in_segment(0xFE, PAGE)),
    "a script that is a picture": ("foto.js", lambda: in_segment(0xFE, b"*/=1;alert('" + MARK + b"')/*")),
    "an archive behind the picture": ("foto.zip", lambda: encoded(scene(1)) + zipped()),
    "words of an image program": ("foto.jpg", lambda: in_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)),
    "a colour profile with words": ("foto.jpg", lambda: saved(scene(1), "JPEG", icc_profile=MARK * 20)),
    "colours for a printer": ("foto.jpg", lambda: saved(scene(1).convert("CMYK"), "JPEG")),
    "an animation": ("foto.webp", animated),
    "two pictures in one": ("foto.jpg", two_in_one),
    "20,000 pixels wide": ("lebar.png", lambda: saved(Image.new("RGB", (20_000, 200), "red"), "PNG")),
    "another ending": ("foto.pdf", lambda: encoded(scene(1), "PNG")),
}
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "unpacks to gigabytes": ("bom.png", lambda: png_of(30_000, 30_000), TOO_MANY),
    "20,000 pixels square": ("besar.png", lambda: png_of(20_000, 20_000), TOO_MANY),
    "drawn with words": (
        "foto.svg",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + PAGE + b"</svg>",
        NO_PICTURE,
    ),
    "drawn, called a photo": ("foto.jpg", lambda: b"<svg onload='alert(1)'/>", NO_PICTURE),
    "a GIF": ("foto.gif", lambda: saved(scene(1).convert("P"), "GIF"), NO_PICTURE),
    "a page that begins like a GIF": ("foto.jpg", lambda: b"GIF89a/*" + PAGE, NO_PICTURE),
    "half a photo": ("foto.jpg", lambda: phone_photo()[:3000], BROKEN),
    "no byte at all": ("foto.jpg", lambda: b"", NO_PICTURE),
    "an archive": ("foto.jpg", zipped, NO_PICTURE),
    "9 MB": ("foto.jpg", lambda: encoded(scene(1)) + b"\0" * (9 << 20), TOO_LARGE),
}


def segments(jpeg: bytes) -> set[int]:
    """The kinds of all segments before the picture itself, and that nothing lies behind it."""
    found, at = set(), 2
    assert jpeg[:2] == b"\xff\xd8" and jpeg[-2:] == b"\xff\xd9" and jpeg.count(b"\xff\xd9") == 1
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


@pytest.mark.parametrize("case", CLEANED)
def test_what_has_a_picture_is_served_as_that_picture_alone(village: City, case: str) -> None:
    name, make = CLEANED[case]
    ticket = send(village, (name, make(), "text/html"))
    for size in ("", "?kecil=1"):
        served = village.http.get(f"{ticket.url}/foto/1{size}")
        assert (served.status_code, served.headers["Content-Type"]) == (200, "image/jpeg")
        assert served.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in served.headers["Content-Security-Policy"]
        assert "script-src" not in served.headers["Content-Security-Policy"]
        assert ".jpg" in served.headers["Content-Disposition"]
        assert max(decoded(served.content).size) <= 1600
        assert not segments(served.content) & {0xFE, *range(0xE1, 0xF0)}
        assert not [word for word in (MARK, b"<script", b"PK\x03\x04", b"GPS", b"adobe") if word in served.content]


@pytest.mark.parametrize("case", REFUSED)
def test_what_has_none_is_left_out_with_a_word_and_the_report_stays(village: City, case: str) -> None:
    name, make, why = REFUSED[case]
    ticket = send(village, (name, make()))
    assert ticket.state()["message"] == LAMP
    assert village.http.get(ticket.url + "/foto/1").status_code == 404
    page = village.http.get(ticket.url).text
    assert why in page and "terkirim tanpa foto" in page
    assert MARK.decode() not in page


def test_of_all_of_them_nothing_that_runs_lies_in_the_folder(village: City) -> None:
    send(village, ("foto.jpg", phone_photo()))
    kept = [file.read_bytes() for file in (village.data / "photos").iterdir()]
    assert kept and all(content[:2] == b"\xff\xd8" and MARK not in content for content in kept)
