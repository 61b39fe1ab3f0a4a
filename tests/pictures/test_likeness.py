"""A copy of a picture is known again, a picture of something else is not, and walls are never compared."""

from __future__ import annotations
from functools import cache

import pytest

from tests.pictures.given import scene, wall
from workflows.domain.complaint.records import ALIKE_WITHIN, alike
from workflows.pictures.prepare import fingerprint

pytestmark = pytest.mark.slow

SEEDS = range(9)
picture = cache(scene)


@cache
def mark(seed: int) -> str:
    return fingerprint(picture(seed))


@pytest.mark.parametrize("light", ["even", "side", "edges"])
def test_a_plain_wall_has_no_fingerprint(light: str) -> None:
    assert {fingerprint(wall(seed, light)) for seed in range(6)} == {""}


@pytest.mark.parametrize(("one", "other"), [("", ""), ("", "0" * 32), ("0" * 32, ""), ("0" * 16, "0" * 32)])
def test_without_a_fingerprint_nothing_is_alike(one: str, other: str) -> None:
    assert not alike(one, other)


def test_the_threshold_is_counted_in_bits() -> None:
    none = "0" * 32
    assert alike(none, f"{2**ALIKE_WITHIN - 1:032x}")
    assert not alike(none, f"{2 ** (ALIKE_WITHIN + 1) - 1:032x}")
