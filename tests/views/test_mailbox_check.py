"""A department is asked whether it reads its mailbox: the words, and one button as long as nobody has pressed."""

from __future__ import annotations

import pytest

from tests.views.html_checks import check_page
from tests.views.mailbox_cases import PATH, address_letter, mailbox_letter, mailbox_pages


def test_the_letter_has_one_link_a_date_and_what_happens_otherwise() -> None:
    mail = mailbox_letter()
    assert mail.subject == "Laksa: apakah alamat email Kecamatan Ciledug ini masih dibaca?"
    assert f"https://laksa.example{PATH}" in mail.text.splitlines()
    said = " ".join(mail.text.split())
    assert "paling lambat Senin, 23 November 2026 pukul 09.00 WIB:" in said
    assert "Tanpa jawaban, operator menelepon" in said
    assert mail.html.count(f'href="https://laksa.example{PATH}"') == mail.html.count("<a ") == 2


@pytest.mark.parametrize("name", mailbox_pages())
def test_a_page_is_whole_and_has_a_button_while_nobody_has_pressed(name: str) -> None:
    page = check_page(mailbox_pages()[name])
    assert len(page.all("h1")) == 1
    assert [button["value"] for button in page.all("button", name="action")] == (
        ["confirm"] if name in ("asked", "phoned") else []
    )


@pytest.mark.parametrize(("head", "to"), [(False, "Yth. Kecamatan Ciledug,"), (True, "Yth. Camat Ciledug,")])
def test_the_old_address_reads_what_was_changed_since_when_and_whom_to_ask(head: bool, to: str) -> None:
    mail = address_letter(head)
    said = " ".join(mail.text.split())
    assert mail.subject == "Laksa: alamat email Kecamatan Ciledug diganti"
    at = "sejak Senin, 16 November 2026 pukul 09.00 WIB."
    assert f"Alamat email Kecamatan Ciledug di Laksa diganti menjadi l•••@kota.example, {at}" in said
    assert f"Alamat email Camat Ciledug di Laksa diganti menjadi c•••@kota.example, {at}" in said
    assert "Alamat cadangan Ciledug dihapus dari Laksa" in said
    assert "Bukan Anda yang meminta? Hubungi meja operator Laksa di meja@laksa.example, atau Dinas" in said
    assert to in said and "http" not in mail.text
