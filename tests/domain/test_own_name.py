"""The name of who writes is hidden in the own words wherever others read them, and nothing else is."""

from __future__ import annotations

import statistics
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import complaint
from workflows.domain.complaint.geo_keys import streets
from workflows.domain.intake.submission import Submission, read_submission, tidy
from workflows.domain.privacy.redaction import (
    MASK,
    mask_identifiers,
    names_in,
    redact_name,
    tag_reporter_name,
    untagged,
)
from workflows.routing.route_complaint import letter_of

pytestmark = pytest.mark.slow

NAME = "Budi Santoso"


@pytest.mark.parametrize(
    ("text", "name", "read"),
    [
        ("Saya Budi Santoso dari RT 3.", NAME, f"Saya {MASK} dari RT 3."),
        ("saya budi, lampu mati", NAME, f"saya {MASK}, lampu mati"),
        ("BUDI SANTOSO melaporkan lampu mati", NAME, f"{MASK} melaporkan lampu mati"),
        ("Lampu mati.\nHormat saya,\nSantoso", NAME, f"Lampu mati.\nHormat saya,\n{MASK}"),
        ("Lampu mati. Ttd: Santoso, Budi", NAME, f"Lampu mati. Ttd: {MASK}"),
        ("Nama saya adalah Santoso", NAME, f"Nama saya adalah {MASK}"),
        ("My name is Santoso, the lamp is off", NAME, f"My name is {MASK}, the lamp is off"),
        ("a.n. Budi Santoso", NAME, f"a.n. {MASK}"),
        ("Pak RT Budi tidak peduli", NAME, "Pak RT Budi tidak peduli"),
        ("Saya budidaya lele", NAME, "Saya budidaya lele"),
        ("saya M. Rizky Pratama", "M. Rizky Pratama", f"saya {MASK}"),
        ("Jalan Ahmad Yani berlubang, saya Ahmad Yani", "Ahmad Yani", f"Jalan Ahmad Yani berlubang, saya {MASK}"),
        ("Melati melapor dari Jl. Melati", "Melati", f"{MASK} melapor dari Jl. Melati"),
        ("Saya Ana di sini", "Ana", f"Saya {MASK} di sini"),
        ("Saya Siti Nur", "Ibu Siti Nur", f"Saya {MASK}"),
        ("Lampu mati di depan rumah", NAME, "Lampu mati di depan rumah"),
    ],
)
def test_what_others_read(text: str, name: str, read: str) -> None:
    marked = tag_reporter_name(text, name)
    assert redact_name(marked) == mask_identifiers(marked) == read
    assert untagged(marked) == text


@pytest.mark.parametrize(
    ("text", "name", "read"),
    [
        ("Saya Ayu Eka, got mampet.", "Ayu Eka", f"Saya {MASK}, got mampet."),
        ("Got mampet, lapor ke Ayu Eka", "Ayu Eka", f"Got mampet, lapor ke {MASK}"),
        ("Got mampet. EKO - ADI", "Eko Adi", f"Got mampet. {MASK}"),
        ("Got mampet (eko-adi)", "Eko Adi", f"Got mampet ({MASK})"),
        ("Nama saya Ayu", "Ayu", f"Nama saya {MASK}"),
        ("Saya Eko, got mampet", "Eko Prasetyo", f"Saya {MASK}, got mampet"),
        ("Panggil saja Eko", "Eko Prasetyo", f"Panggil saja {MASK}"),
        ("Saya bernama lengkap Eko", "Eko Prasetyo", f"Saya bernama lengkap {MASK}"),
        ("Laporan dari Eko, got mampet", "Eko Prasetyo", f"Laporan dari {MASK}, got mampet"),
        ("Kiriman dari Eko (pelapor)", "Eko Prasetyo", f"Kiriman dari {MASK} (pelapor)"),
        ("Got mampet. Terima kasih, Eko", "Eko Prasetyo", f"Got mampet. Terima kasih, {MASK}"),
        ("Disampaikan oleh Eko", "Eko Prasetyo", f"Disampaikan oleh {MASK}"),
        ("Al Di melapor", "Al Di", f"{MASK} melapor"),
        ("Eko tetangga saya tidak peduli", "Eko Prasetyo", "Eko tetangga saya tidak peduli"),
        ("Ini ada di got, eka hari", "Ada Eka", "Ini ada di got, eka hari"),
        ("Saya Al di sini", "Al", "Saya Al di sini"),
    ],
)
def test_short_names_are_hidden_whole_or_where_they_say_who_writes(text: str, name: str, read: str) -> None:
    assert redact_name(tag_reporter_name(text, name)) == read


RIZKI = "Muhammad Rizki"


@pytest.mark.parametrize(
    ("text", "name", "read"),
    [
        *(
            (f"Hubungi {form} segera", RIZKI, f"Hubungi {MASK} segera")
            for form in (
                "M. Rizki",
                "M Rizki",
                "M.Rizki",
                "Moh. Rizki",
                "Mohd Rizki",
                "Muh. Rizki",
                "Mohammad Rizki",
                "Rizki M",
                "m. rizki",
            )
        ),
        ("saya m rizki, got mampet", RIZKI, f"saya {MASK}, got mampet"),
        ("Hubungi Muhammad Rizki", "Moh. Rizki", f"Hubungi {MASK}"),
        ("Hubungi Abd. Rahman", "Abdul Rahman", f"Hubungi {MASK}"),
        ("Hubungi St. Aminah", "Siti Aminah", f"Hubungi {MASK}"),
        ("Hubungi Eko P.", "Eko Prasetyo", f"Hubungi {MASK}."),
        ("Ukuran M, S dan L", "M. S. Rizki", "Ukuran M, S dan L"),
        ("Lampu depan Budi g nyala", "Budi Gunawan", "Lampu depan Budi g nyala"),
        ("Di blok M Rizki", RIZKI, "Di blok M Rizki"),
        ("Di jalan M. Rizki", RIZKI, "Di jalan M. Rizki"),
        ("Jl. H. Ahmad Yani berlubang", "Ahmad Yani", "Jl. H. Ahmad Yani berlubang"),
    ],
)
def test_a_part_may_stand_shortened_beside_another(text: str, name: str, read: str) -> None:
    assert redact_name(tag_reporter_name(text, name)) == read


@pytest.mark.parametrize(
    ("text", "name", "read"),
    [
        ("Saya Ma'ruf", "Ma'ruf Amin", f"Saya {MASK}"),
        ("Saya Maruf Amin", "Ma’ruf Amin", f"Saya {MASK}"),
        ("Rumah Nur`aini Eka", "Nur'aini Eka", f"Rumah {MASK}"),
        ("Saya H. Eko, got mampet", "H. Eko Adi, S.Pd", f"Saya H. {MASK}, got mampet"),
        ("Got Eko pd hari itu", "Hj. Eko, S.Pd.", "Got Eko pd hari itu"),
        ("Nama saya dr. Ayu", "dr. Ayu", f"Nama saya dr. {MASK}"),
        ("Dari: Ayu Eka, S.Kom, M.M.", "Hj. Ayu Eka, S.Kom., M.M.", f"Dari: {MASK}, S.Kom, M.M."),
        ("Ini Jose\u0301 Eka", "José Eka", f"Ini {MASK}"),
        ("أنا محمد علي", "محمد علي", f"أنا {MASK}"),
        ("我叫王小明。", "王小明", f"我叫{MASK}。"),
        ("मैं प्रिया शर्मा हूँ", "प्रिया शर्मा", f"मैं {MASK} हूँ"),
        ("Rumah Ахмад Иванов", "Ахмад Иванов", f"Rumah {MASK}"),
    ],
)
def test_names_of_every_spelling_are_found(text: str, name: str, read: str) -> None:
    assert redact_name(tag_reporter_name(text, name)) == read


HOSTILE = (
    "Ayu " * 1250,
    "Ayu Ayux " * 555,
    "saya " * 1000,
    "saya........" * 416,
    "M. " * 1666,
    "M.M.M." * 833,
    "nama saya bernama lengkap " * 192,
    "Jl. H. " * 714,
    "Muhammad Moh " * 384,
    "a" * 5000,
    "Ayu---" * 833,
    "oleh h h h h h " * 333,
    "Ayu pelapo " * 454,
)
PLAIN = "Got di depan gang kami mampet sejak kemarin, mohon segera dibersihkan. " * 70


@pytest.mark.parametrize("name", ["Ayu Eka", "M. Muhammad Abdul Siti Ayu Al Di Nur'aini Eka Adi Rizki " * 2])
def test_hostile_texts_take_no_more_than_a_little_longer(name: str) -> None:
    taken = {text: min(timed(text, name) for _ in range(3)) for text in (*HOSTILE, PLAIN)}
    assert max(taken.values()) < 10 * max(statistics.median(taken.values()), taken[PLAIN])


def timed(text: str, name: str) -> float:
    began = time.perf_counter()
    tag_reporter_name(text[:5000], name[:100])
    return time.perf_counter() - began


@given(st.text(max_size=80), st.text(max_size=40))
def test_its_writer_reads_what_was_typed_and_marking_twice_marks_once(text: str, name: str) -> None:
    text = tidy(text)
    marked = tag_reporter_name(text, name)
    assert untagged(marked) == text
    assert tag_reporter_name(marked, name) == marked
    assert "\ufff9" not in redact_name(marked) and "\ufffb" not in redact_name(marked)


def sent(**fields: str) -> Submission:
    return read_submission({"message": f"Lampu mati, saya {NAME}.", "name": NAME, **fields}, lambda _: None)


def test_the_form_marks_it_also_where_the_name_itself_is_not_kept() -> None:
    for visibility in ("confidential", "public", "anonymous"):
        taken = sent(visibility=visibility, place="Rumah Budi Santoso, Jl. Merdeka 5")
        assert names_in(taken.message) == names_in(taken.place) == (NAME,)
    assert taken.name == ""
    assert streets(taken.place) == streets("Rumah, Jl. Merdeka 5")
    assert tidy(f"\ufff9x\ufffb {NAME}") == f"x {NAME}"


def test_the_router_reads_the_words_as_they_were_written() -> None:
    case = complaint(text=tag_reporter_name(f"Saya {NAME}.", NAME), place=tag_reporter_name(NAME, NAME))
    assert (letter_of(case).text, letter_of(case).place) == (f"Saya {NAME}.", NAME)


def test_an_address_with_the_name_in_it_is_hidden_as_an_address() -> None:
    marked = tag_reporter_name("Hubungi budi.santoso@contoh.example, saya Santoso", NAME)
    assert mask_identifiers(marked) == f"Hubungi [email disamarkan], saya {MASK}"
