"""A code that is read aloud opens what the citizen's key opens, however it is typed, and nothing else does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.adapters.signed_links import BITS, MAX_VERSIONS, SignedLinks
from workflows.domain.complaint.ticket import ALPHABET, new_ticket
from workflows.errors import Forbidden
from workflows.ports import Links

OLD, NEW = "an older key of the city, 2026", "a newer key of the city, 2027"
LINKS: Links = SignedLinks([NEW, OLD])
TICKET, OTHER = new_ticket(b"\x3a\x91\xc0\x7b\xe4"), new_ticket(b"\x81\x37\xd5\x56\x0f")
CODE = LINKS.spoken_code(TICKET, 1)
tickets = st.binary(min_size=5, max_size=5).map(new_ticket)
versions = st.integers(1, MAX_VERSIONS)


@given(tickets, versions)
def test_it_tells_the_version_of_the_key(ticket: str, version: int) -> None:
    code = LINKS.spoken_code(ticket, version)
    assert re.fullmatch("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert LINKS.read_spoken_code(ticket, code) == version


def test_guessing_is_hopeless() -> None:
    assert BITS >= 80


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", "  "),
        f"  {CODE.replace('-', '–')}\n",
        CODE.replace("0", "O").replace("1", "l"),
    ],
)
def test_spaces_dashes_and_small_letters_do_not_matter(typed: str) -> None:
    assert LINKS.read_spoken_code(TICKET.lower().replace("-", " "), typed) == 1


@given(st.integers(0, 15), st.sampled_from(ALPHABET))
def test_any_other_character_opens_nothing(place: int, other: str) -> None:
    plain = CODE.replace("-", "")
    wrong = plain[:place] + other + plain[place + 1 :]
    if wrong != plain:
        with pytest.raises(Forbidden):
            LINKS.read_spoken_code(TICKET, wrong)


@pytest.mark.parametrize(
    ("ticket", "code"),
    [
        (OTHER, CODE),
        (TICKET, LINKS.spoken_code(OTHER, 1)),
        (TICKET, CODE[:-1]),
        (TICKET, CODE + "0"),
        (TICKET, ""),
        (TICKET, "\ud800" * 16),
        (TICKET, LINKS.citizen_key(TICKET, 1)),
        (TICKET, LINKS.spoken_code(TICKET, MAX_VERSIONS + 1)),
        ("LKS-0000-0000-1", CODE),
        ("", CODE),
    ],
)
def test_what_does_not_belong_together_is_forbidden(ticket: str, code: str) -> None:
    with pytest.raises(Forbidden):
        LINKS.read_spoken_code(ticket, code)


def test_cards_printed_under_the_older_key_still_open() -> None:
    assert LINKS.read_spoken_code(TICKET, SignedLinks([OLD]).spoken_code(TICKET, 1)) == 1
    with pytest.raises(Forbidden):
        SignedLinks([NEW]).read_spoken_code(TICKET, SignedLinks([OLD]).spoken_code(TICKET, 1))
