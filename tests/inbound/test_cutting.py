"""What somebody wrote stays; the letter they answer, their telephone and their signature go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inbound.growth import MOST_SECONDS, grows_too_fast, seconds
from workflows.inbound.quote_stripping import MAX_WORDS, own_words

pytestmark = pytest.mark.slow

WORDS = "Sudah kami angkut pagi ini.\n\nBesok dicek lagi pukul 09.00."
LETTER = """Laporan LKS-7K2M-Q9FD-4

Yth. petugas DLH,

Laporan baru untuk Dinas Lingkungan Hidup (DLH).

Buka laporan:
https://laksa.example/opd/abcdefghijklmnopqrstuvwxyz0.7K2MQ9FD4d1-abc

Salam,
Laksa Kota Tangerang"""
QUOTED = "\n".join(f"> {line}".rstrip() for line in LETTER.split("\n"))

GMAIL = "Pada Sen, 23 Nov 2026 pukul 14.05 Laksa Kota Tangerang <\nbalas+7k2m-x-y@laksa.example> menulis:"
GMAIL_OLDER = 'Pada tanggal 23 Nov 2026 14.05, "Laksa Kota Tangerang" <laksa@laksa.example> menulis:'
YAHOO = "Pada Senin, 23 November 2026 14.05.12 WIB, Laksa Kota Tangerang <laksa@laksa.example> menulis:"
APPLE = "Pada 23 Nov 2026, pukul 14.05, Laksa Kota Tangerang <laksa@laksa.example> menulis:"
ENGLISH = "On Mon, 23 Nov 2026 at 14:05, Laksa Kota Tangerang <laksa@laksa.example>\nwrote:"
SHORT = "2026-11-23 14:05 GMT+07:00 Laksa Kota Tangerang <laksa@laksa.example>:"
ZOHO = "---- Pada Sen, 23 Nov 2026 14:05:12 +0700 Laksa Kota Tangerang <laksa@laksa.example> menulis ----"
OUTLOOK = """________________________________
Dari: Laksa Kota Tangerang <laksa@laksa.example>
Dikirim: Senin, 23 November 2026 14.05
Kepada: dlh@opd.example <dlh@opd.example>
Subjek: LKS-7K2M-Q9FD-4: Sampah, Kel. Cikokol"""
OUTLOOK_BARE = """*Dari:* Laksa Kota Tangerang <laksa@laksa.example>
*Dikirim:* Senin, 23 November 2026 14.05
*Ke:* dlh@opd.example
*Perihal:* LKS-7K2M-Q9FD-4: Sampah, Kel. Cikokol"""
OUTLOOK_ENGLISH = """From: Laksa Kota Tangerang <laksa@laksa.example>
Sent: Monday, November 23, 2026 2:05 PM
To: dlh@opd.example
Subject: LKS-7K2M-Q9FD-4"""
SAMSUNG = """-------- Pesan asli --------
Dari: Laksa Kota Tangerang <laksa@laksa.example>
Tgl: 23/11/26 14.05 (GMT+07:00)
Ke: dlh@opd.example
Judul: LKS-7K2M-Q9FD-4"""


@pytest.mark.parametrize("above", [GMAIL, GMAIL_OLDER, YAHOO, APPLE, ENGLISH, SHORT, ZOHO])
@pytest.mark.parametrize("letter", [QUOTED, LETTER], ids=["marked", "unmarked"])
def test_what_was_written_above_the_letter_stays(above: str, letter: str) -> None:
    assert own_words(f"{WORDS}\n\n{above}\n\n{letter}\n") == WORDS


@pytest.mark.parametrize(
    "above",
    [
        OUTLOOK,
        OUTLOOK_BARE,
        OUTLOOK_ENGLISH,
        SAMSUNG,
        "-----Original Message-----",
        "---------- Pesan terusan ---------",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
    ],
)
def test_so_it_does_above_a_letter_that_no_line_marks(above: str) -> None:
    assert own_words(f"{WORDS}\r\n\r\n{above}\r\n\r\n{LETTER}\r\n") == WORDS


@pytest.mark.parametrize("above", [GMAIL, APPLE, ENGLISH])
def test_what_was_written_below_the_letter_stays(above: str) -> None:
    assert own_words(f"{above}\n{QUOTED}\n\n{WORDS}\n") == WORDS


def test_what_was_written_between_the_lines_of_the_letter_stays() -> None:
    assert own_words(f"{GMAIL}\n> Kapan diangkut?\nBesok pagi.\n> Oleh siapa?\nRegu Cikokol.") == (
        "Besok pagi.\nRegu Cikokol."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Dikirim dari iPhone saya",
        "Dikirim dari perangkat Galaxy saya",
        "Dikirim dari Yahoo Mail untuk Android",
        "Dikirim dari Outlook untuk iOS<https://aka.ms/o0ukef>",
        "Dapatkan Outlook untuk Android<https://aka.ms/AAb9ysg>",
        "Sent from my iPhone",
        "Sent from Yahoo Mail on Android",
        "Get Outlook for iOS",
    ],
)
def test_what_a_telephone_adds_is_cut(line: str) -> None:
    assert own_words(f"{WORDS}\n\n{line}\n") == WORDS
    assert own_words(f"{WORDS}\n\n{line}\n\n{GMAIL}\n{QUOTED}\n") == WORDS


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nBudi Santoso\nSeksi Angkutan\n0812-3456-7890",
        "--\nBudi",
        "Hormat kami,\nBudi Santoso, S.T.\nKepala Seksi Angkutan\nDinas Lingkungan Hidup\nTelp. 021-5512345",
        "Terima kasih,\n\nBudi",
        "Wassalamualaikum wr. wb.\nBudi Santoso",
        "Salam,\nBudi Santoso\nbudi@opd.example",
        "Best regards,\nBudi Santoso",
    ],
)
def test_a_signature_is_cut(signature: str) -> None:
    assert own_words(f"{WORDS}\n\n{signature}\n\n{GMAIL}\n{QUOTED}") == WORDS


@pytest.mark.parametrize(
    "words",
    [
        "Sudah kami angkut.\nTerima kasih\nBesok kami pantau lagi",
        "Sudah kami angkut. Terima kasih.",
        "Terima kasih",
        "Sudah.\n\nTerima kasih.",
        "Dikirim dari gudang pukul 9, sampai di lokasi pukul 10.",
        "Pada rapat kemarin kepala dinas menulis:\nsegera diangkut.",
        "Pada 23 November petugas datang.\nWarga menulis keluhan di buku tamu.",
        "Dari: gudang Cikokol\nlalu diangkut ke TPA.",
        "Kepada warga: sampah diangkut besok.\nPerihal jadwal: lihat papan RW.",
        "On 23 November we came.\nNobody wrote back.",
        "Salam dari kami. Sampah sudah diangkut.\nHormat kami untuk warga RW 05 yang sudah membantu kerja bakti.",
        "- karung: 12\n- gerobak: 3",
        "> saja",
    ],
)
def test_in_doubt_a_line_stays(words: str) -> None:
    assert own_words(words) == words.replace("> saja", "")


def test_a_long_text_behind_two_dashes_is_no_signature() -> None:
    text = "Hasil:\n--\n" + "\n".join(f"Titik {n} sudah bersih." for n in range(30))
    assert own_words(text) == text


def test_no_link_of_ours_stays_whatever_of_the_letter_does() -> None:
    token = "abcdefghijklmnopqrstuvwxyz0.7K2MQ9FD4d1-abc"
    paths = [f"{kind}/{token}" for kind in ("opd", "meja", "kasus", "papan", "laporan/LKS-7K2M-Q9FD-4")]
    for link in (f"<https://laksa.example/{path}>" for path in paths):
        assert own_words(f"Sudah.\n{link}\nLihat https://tangerangkota.go.id/opd/dlh") == (
            "Sudah.\n…\nLihat https://tangerangkota.go.id/opd/dlh"
        )


def test_nothing_but_the_letter_is_nothing() -> None:
    assert own_words(f"\n\n{GMAIL}\n{QUOTED}\n\nDikirim dari iPhone saya\n") == ""
    assert own_words(f"{OUTLOOK}\n\n{LETTER}") == own_words("") == ""


def test_unseen_characters_and_odd_line_breaks_go() -> None:
    assert own_words("Su\u200bdah\u00a0kami\x00 angkut\u2028hari ini\ufeff\r\rBesok\ud800 lagi") == (
        "Sudah kami angkut\nhari ini\n\nBesok lagi"
    )


def test_very_long_words_are_cut() -> None:
    assert len(own_words("kata " * 10_000)) <= MAX_WORDS


@given(st.text(max_size=300))
def test_any_text_can_be_cut_and_cut_again(text: str) -> None:
    once = own_words(text)
    assert len(once) <= len(text) + once.count("…")
    assert own_words(once) in once


@pytest.mark.parametrize(
    "hostile",
    ["Pada 1 ", "On 1 wrote ", "From: a\n", "-- \n", "> " * 50 + "\n", "_" * 60, "Dikirim dari \n", "Salam\n"],
)
def test_hostile_text_costs_no_time(hostile: str) -> None:
    assert seconds(own_words, hostile * (300_000 // len(hostile))) < MOST_SECONDS


@pytest.mark.parametrize(
    ("begin", "again"),
    [("-", " "), ("", "-"), ("", "_"), ("", "- "), ("", "/opd/"), ("", "/laporan/a"), ("", "Pada 1 menulis:\n>\n")],
)
def test_the_time_grows_no_faster_than_the_text(begin: str, again: str) -> None:
    assert not grows_too_fast(own_words, lambda n: f"{begin}{again * n}x", 4000)


def test_a_long_line_is_no_rule_above_a_letter() -> None:
    line = "-" * 200 + "pesan asli" + "-" * 200
    assert own_words(f"Sudah.\n{line}\nBesok.") == f"Sudah.\n{line}\nBesok."
