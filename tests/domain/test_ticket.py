"""A ticket survives how people type it, and a slip of the pen never names another complaint."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.complaint.ticket import ALPHABET, new_ticket, parse_ticket

TICKETS = [new_ticket(bytes.fromhex(text)) for text in ("0000000000", "ffffffffff", "3a91c07be4", "8137d5560f")]
random_bytes = st.binary(min_size=5, max_size=5)


def bare(ticket: str) -> str:
    return ticket.removeprefix("LKS-").replace("-", "")


@given(random_bytes)
def test_a_new_ticket_is_written_as_it_is_read(data: bytes) -> None:
    ticket = new_ticket(data)
    assert [len(part) for part in ticket.split("-")] == [3, 4, 4, 1]
    assert set(bare(ticket)) <= set(ALPHABET)
    assert parse_ticket(ticket) == ticket


@given(random_bytes, random_bytes)
def test_other_random_bytes_are_another_ticket(one: bytes, other: bytes) -> None:
    assert (new_ticket(one) == new_ticket(other)) == (one == other)


def test_too_few_random_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="5 random bytes"):
        new_ticket(b"1234")


TYPED = [
    lambda t: t.lower(),
    lambda t: t.replace("-", " "),
    lambda t: t.replace("-", ""),
    lambda t: t.replace("-", "–"),
    lambda t: t.replace("-", "\u2011"),
    lambda t: t.replace("-", "."),
    lambda t: t.removeprefix("LKS-"),
    bare,
    lambda t: bare(t).lower(),
    lambda t: f"  {t}\n",
    lambda t: t.replace("0", "O").replace("1", "I"),
    lambda t: t.lower().replace("0", "o").replace("1", "l"),
    lambda t: t.replace("LKS", "1ks"),
    lambda t: " ".join(bare(t)),
]


@pytest.mark.parametrize("ticket", TICKETS)
@pytest.mark.parametrize("typed", TYPED)
def test_a_ticket_is_read_however_it_is_typed(ticket: str, typed: object) -> None:
    assert callable(typed)
    assert parse_ticket(typed(ticket)) == ticket


@pytest.mark.parametrize("ticket", TICKETS)
def test_every_single_wrong_character_is_noticed(ticket: str) -> None:
    chars = bare(ticket)
    for place, right in enumerate(chars):
        wrong = set(ALPHABET) - {right}
        assert not [char for char in wrong if parse_ticket(chars[:place] + char + chars[place + 1 :])]


@given(random_bytes)
def test_a_swap_with_the_check_character_is_noticed_but_for_sixteen_apart(data: bytes) -> None:
    chars = bare(new_ticket(data))
    gap = abs(ALPHABET.index(chars[7]) - ALPHABET.index(chars[8]))
    assert (parse_ticket(chars[:7] + chars[8] + chars[7]) is not None) == (gap in (0, 16))


@given(st.text(max_size=20))
def test_any_text_is_a_canonical_ticket_or_none(typed: str) -> None:
    ticket = parse_ticket(typed)
    assert ticket is None or parse_ticket(ticket) == ticket


@given(st.text(string.ascii_letters + string.digits, min_size=9, max_size=9))
def test_a_ticket_read_is_made_of_what_was_typed(typed: str) -> None:
    ticket = parse_ticket(typed)
    if ticket is not None:
        plain = typed.upper().replace("O", "0").replace("I", "1").replace("L", "1")
        assert bare(ticket) == plain
