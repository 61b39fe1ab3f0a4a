"""What `frozen` makes is a frozen dataclass to whoever compares, hashes, shows or copies it."""

from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest

from workflows.frozen import frozen


def seen(decorate: Any) -> Any:
    class Seen:
        ticket: str
        kept: int = field(default=0, compare=False)
        email: str = field(default="", repr=False)

    return decorate(Seen)


OURS, THEIRS = seen(frozen), seen(dataclass(frozen=True))
CASES = [("a",), ("a", 1), ("b",), ("a", 0, "x@contoh.example"), ("a", 2, "y@contoh.example")]


@pytest.mark.parametrize("first", CASES)
@pytest.mark.parametrize("second", CASES)
def test_it_equals_what_a_dataclass_equals(first: Any, second: Any) -> None:
    assert (OURS(*first) == OURS(*second)) is (THEIRS(*first) == THEIRS(*second))
    assert (hash(OURS(*first)) == hash(OURS(*second))) is (hash(THEIRS(*first)) == hash(THEIRS(*second)))
    assert OURS(*first) != THEIRS(*first)


def test_it_shows_what_a_dataclass_shows_and_changes_only_in_a_copy() -> None:
    one = OURS("a", 1, "x@contoh.example")
    assert repr(one) == repr(THEIRS("a", 1, "x@contoh.example"))
    with pytest.raises(FrozenInstanceError):
        one.ticket = "b"
    assert replace(one, ticket="b") == OURS("b", 1, "x@contoh.example")
