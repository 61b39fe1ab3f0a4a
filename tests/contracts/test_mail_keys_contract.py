"""What every Links adapter keeps of the keys in mail addresses: one letter, one purpose, whatever the case."""

from __future__ import annotations
import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.views.mail.render import TEMPLATES
from workflows.adapters.signed_links import LONGEST, MAIL_KEY_ROLES, SignedLinks
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.notifications.notice import notice_id
from workflows.errors import Forbidden
from workflows.ports import Links

pytestmark = pytest.mark.slow

OLD, NEW = "an older key of the city, 2026", "a newer key of the city, 2027"
LINKS: Links = SignedLinks([NEW, OLD])
TICKET, OTHER = new_ticket(b"\x3a\x91\xc0\x7b\xe4"), new_ticket(b"\x81\x37\xd5\x56\x0f")
LETTER, TABLE = notice_id(TICKET, 12, "new_case", "department"), "table.2026-11-26.sekda"
PURPOSES = ("reply", "bounce", "fallback")

tickets = st.binary(min_size=5, max_size=5).map(new_ticket)
templates = st.from_regex(r"[a-z][a-z_]{0,24}", fullmatch=True)
case_letters = st.builds(notice_id, tickets, st.integers(0, 9_999), templates, st.sampled_from(sorted(MAIL_KEY_ROLES)))
other_letters = st.from_regex(r"[A-Za-z0-9_-]{1,6}(\.[A-Za-z0-9_-]{1,6}){0,2}", fullmatch=True)


@given(case_letters, st.sampled_from(PURPOSES))
def test_a_key_of_a_case_s_letter_leads_back_to_it(letter: str, purpose: str) -> None:
    assert LINKS.read_mail_key(purpose, LINKS.mail_key(purpose, letter)) == letter


@given(other_letters)
def test_so_does_that_of_a_letter_of_no_case_in_small_and_large_letters(letter: str) -> None:
    try:
        key = LINKS.mail_key("bounce", letter)
    except ValueError:
        assert len(letter) > 12  # many changes of case need much room
        return
    assert LINKS.read_mail_key("bounce", key) == letter


@pytest.mark.parametrize(
    "letter", [LETTER, TABLE, "digest.2026-11-26.KEC-CIPONDOH", "list.KEC-KARANGTENGAH.202611260905"]
)
def test_a_mail_system_may_change_the_case_of_a_key(letter: str) -> None:
    key = LINKS.mail_key("reply", letter)
    for changed in (key.upper(), key.title(), key.swapcase()):
        assert LINKS.read_mail_key("reply", changed) == letter


@given(case_letters)
def test_every_key_fits_before_the_at_sign_and_needs_no_quotes_there(letter: str) -> None:
    for purpose, prefix in (("reply", "balas"), ("bounce", "pental")):
        local = f"{prefix}+{LINKS.mail_key(purpose, letter)}"
        assert len(local) <= 64
        assert re.fullmatch(r"[a-z0-9+_-]+(\.[a-z0-9+_-]+)*", local)


@pytest.mark.parametrize("template", sorted(path.stem for path in TEMPLATES.glob("[a-z]*.jinja")))
def test_there_is_room_for_every_letter_that_laksa_writes(template: str) -> None:
    for role in MAIL_KEY_ROLES:
        assert len(LINKS.mail_key("bounce", notice_id(TICKET, 9_999, template, role))) <= LONGEST


@pytest.mark.parametrize("letter", ["", "x" * 60, "two..dots", "a b", "surat/1", "é", "a@b", f"{TICKET}.1.x.warga" * 3])
def test_an_id_that_no_address_has_room_for_is_a_value_error(letter: str) -> None:
    with pytest.raises(ValueError, match="mail address"):
        LINKS.mail_key("reply", letter)


@pytest.mark.parametrize("letter", [LETTER, TABLE])
def test_any_flipped_character_of_a_key_is_forbidden(letter: str) -> None:
    key = LINKS.mail_key("reply", letter)
    for place, char in enumerate(key):
        for wrong in {*"a0o1il-_.+ 7\u212a\u0131", chr(ord(char) ^ 1)} - {char, char.upper()}:
            with pytest.raises(Forbidden):
                LINKS.read_mail_key("reply", key[:place] + wrong + key[place + 1 :])


@pytest.mark.parametrize("letter", [LETTER, TABLE])
def test_a_cut_or_extended_key_is_forbidden(letter: str) -> None:
    key = LINKS.mail_key("reply", letter)
    cut = [key[:end] for end in range(len(key))] + [key[start:] for start in range(1, len(key))]
    for text in [*cut, *(key + tail for tail in ("a", "2", "-", ".", "\n", " ", "=", key)), f" {key}"]:
        with pytest.raises(Forbidden):
            LINKS.read_mail_key("reply", text)


@given(st.text(max_size=70) | st.text("abxz2790-_.", min_size=20, max_size=60))
def test_whatever_else_is_written_there_is_forbidden(text: str) -> None:
    with pytest.raises(Forbidden):
        LINKS.read_mail_key("reply", text)


@pytest.mark.parametrize(("here", "there"), [p for p in product(PURPOSES, repeat=2) if p[0] != p[1]])
def test_a_key_of_one_purpose_is_none_of_another(here: str, there: str) -> None:
    with pytest.raises(Forbidden):
        LINKS.read_mail_key(there, LINKS.mail_key(here, LETTER))


def test_a_signature_moved_to_another_letter_is_forbidden() -> None:
    signature = LINKS.mail_key("reply", LETTER)[-16:]
    others = [
        notice_id(OTHER, 12, "new_case", "department"),
        notice_id(TICKET, 13, "new_case", "department"),
        notice_id(TICKET, 12, "reminder", "department"),
        notice_id(TICKET, 12, "new_case", "head"),
        TABLE,
    ]
    for other in others:
        with pytest.raises(Forbidden):
            LINKS.read_mail_key("reply", LINKS.mail_key("reply", other)[:-16] + signature)


def test_an_older_key_of_the_city_still_opens_and_a_strange_one_does_not() -> None:
    assert LINKS.read_mail_key("reply", SignedLinks([OLD]).mail_key("reply", LETTER)) == LETTER
    with pytest.raises(Forbidden):
        LINKS.read_mail_key("reply", SignedLinks(["a key of another city, 2026"]).mail_key("reply", LETTER))
