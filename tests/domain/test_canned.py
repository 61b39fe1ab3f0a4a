"""Canned answers: read from data or refused by line and column, offered by category, blanks found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.views.officer.page import for_category
from workflows.domain.actions import officer as officer_acts
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.canned import ANY, OUTCOMES, TEXT_MAX, TITLE_MAX, Canned, blanks_left, blanks_of, read_canned
from workflows.domain.privacy.redaction import MASKS

HEAD = "category,outcome,title,text\n"
ROW = "pju_mati,done,Lampu menyala,Lampu menyala sejak [tanggal].\n"
LAMP = Canned("pju_mati", "done", "Lampu menyala", "Lampu menyala sejak [tanggal].")


def test_a_row_becomes_an_answer_in_the_order_of_the_file() -> None:
    assert read_canned(HEAD + ROW + "*,not_done,Umum,Belum.\n") == (LAMP, Canned(ANY, "not_done", "Umum", "Belum."))


def test_a_text_may_have_commas_quotes_and_lines_of_its_own() -> None:
    text = HEAD + '*,done,Umum,"Pertama, ""kedua"".\r\nBaris lain."\n'
    assert read_canned(text)[0].text == 'Pertama, "kedua".\nBaris lain.'


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("*,selesai,Umum,Sudah.\n", "baris 2, kolom outcome: “selesai” tidak dikenal – tulis done atau not_done"),
        ("*,done,,Sudah.\n", "baris 2, kolom title: sel ini kosong – beri judul, paling panjang 60 huruf"),
        ("*,done,Umum\n", "baris 2, kolom text: sel ini kosong – tulis jawabannya"),
        (" ,done,Umum,Sudah.\n", "baris 2, kolom category: sel ini kosong – tulis kode kategori, atau * untuk semua"),
        (ROW + f"*,done,{'j' * 61},Sudah.\n", "baris 3, kolom title: isinya 61 huruf, paling panjang 60 – pendekkan"),
        (f"*,done,Umum,{'s' * 1501}\n", "baris 2, kolom text: isinya 1501 huruf, paling panjang 1500 – pendekkan"),
        (
            ROW + "\n" + ROW.replace("Lampu menyala,", "LAMPU menyala,"),
            "baris 4, kolom title: judul ini sudah dipakai di baris 2 – beri judul lain",
        ),
        ("*,done,Umum,Sudah, beres.\n", "baris 2: baris ini punya 5 sel, seharusnya 4 – apit isi yang memuat"),
        (ROW + '*,done,Umum,"Sudah.\n', "baris 3: baris ini tidak terbaca – periksa apakah tanda kutipnya ditutup"),
        ("*,done,Umum,Pada [tanggal 1].\n", "baris 2, kolom text: “[tanggal 1]” bukan tempat isian – tulis seperti"),
        ("*,done,Umum,Pada [tanggal.\n", "baris 2, kolom text: “[” bukan tempat isian"),
        (f"*,done,Umum,[{'a' * 41}]\n", "bukan tempat isian"),
    ],
)
def test_a_mistake_is_named_by_line_and_column_with_the_way_out(rows: str, complaint: str) -> None:
    with pytest.raises(ValueError) as error:
        read_canned(HEAD + rows)
    assert str(error.value).startswith(complaint) or complaint in str(error.value)


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        ("", "baris 1, kolom category: kolom ini harus ada, satu kali – tulis category,outcome,title,text"),
        ("category,outcome,judul,text\n", "baris 1, kolom title: kolom ini harus ada"),
        ("category,outcome,title,text,text\n", "baris 1, kolom text: kolom ini harus ada, satu kali"),
        ("category,outcome,title,text,catatan\n", "baris 1, kolom catatan: kolom ini tidak dikenal"),
    ],
)
def test_a_wrong_head_line_is_named(head: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_canned(head + (ROW if head else ""))


def test_what_is_just_short_enough_is_taken() -> None:
    title, text = "j" * TITLE_MAX, "s" * TEXT_MAX
    assert read_canned(f"{HEAD}*,done,{title},{text}\n") == (Canned("*", "done", title, text),)


def test_two_categories_may_use_one_title() -> None:
    assert len(read_canned(HEAD + ROW + ROW.replace("pju_mati", "lampu_lalin"))) == 2


def test_an_officer_is_offered_the_categorys_answers_before_general_ones() -> None:
    general, own, other = (Canned(code, "done", code, code) for code in (ANY, "banjir", "pkl"))
    second = Canned("banjir", "not_done", "a", "a")
    answers = (general, own, other, second)
    assert for_category(answers, "banjir") == (own, second, general)
    assert for_category(answers, "no_such_category") == for_category(answers, None) == (general,)


def test_no_mask_of_ours_is_ever_a_blank() -> None:
    answers = [Canned("*", "done", "Judul", f"Pada [tanggal]: {mask}") for mask in MASKS.values()]
    assert blanks_of(answers) == {"[tanggal]"}


@given(st.text(alphabet="ab é[]/1\n"))
def test_filling_every_blank_leaves_none(text: str) -> None:
    blanks = blanks_of([Canned("*", "done", "Judul", text)])
    for blank in blanks_left(text, blanks):
        assert blank in text
        text = text.replace(blank, "2 Desember")
    assert blanks_left(text, blanks) == ()


def test_the_outcomes_are_those_of_an_officers_answer() -> None:
    assert OUTCOMES == officer_acts.OUTCOMES


def test_the_longest_answer_fits_into_what_an_officer_may_send() -> None:
    officer_acts.check(OfficerAct("answer", message="s" * TEXT_MAX))
