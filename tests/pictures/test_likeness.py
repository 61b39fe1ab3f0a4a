"""A copy of a picture is known again, a picture of something else is not, and walls are never compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations

import pytest
from PIL import ImageDraw, ImageEnhance
from PIL.Image import Image as Picture

from tests.pictures.given import decoded, encoded, scene, wall
from workflows.domain.complaint.records import ALIKE_WITHIN, alike
from workflows.pictures.prepare import fingerprint

pytestmark = pytest.mark.slow

SEEDS = range(9)
picture = cache(scene)


def cropped(picture: Picture, left: float, top: float, right: float, bottom: float) -> Picture:
    width, height = picture.size
    return picture.crop(
        (int(width * left), int(height * top), int(width * (1 - right)), int(height * (1 - bottom)))
    )


def sent_on(picture: Picture) -> Picture:
    """As a messenger does it: smaller, and compressed hard."""
    return decoded(encoded(picture.resize((480, 360)), quality=40)).convert("RGB")


def stamped(picture: Picture) -> Picture:
    copy = picture.copy()
    ImageDraw.Draw(copy).rectangle((0, 550, 380, 600), fill="black")
    return copy


COPIES: dict[str, Callable[[Picture], Picture]] = {
    "compressed": lambda p: decoded(encoded(p, quality=25)).convert("RGB"),
    "another kind of file": lambda p: decoded(encoded(p, "WEBP", quality=50, method=0)).convert("RGB"),
    "half as large": lambda p: p.resize((400, 300)),
    "a thumbnail": lambda p: p.resize((160, 120)),
    "larger": lambda p: p.resize((1200, 900)),
    "brighter": lambda p: ImageEnhance.Brightness(p).enhance(1.25),
    "darker": lambda p: ImageEnhance.Brightness(p).enhance(0.75),
    "more contrast": lambda p: ImageEnhance.Contrast(p).enhance(1.3),
    "paler": lambda p: ImageEnhance.Color(p).enhance(0.3),
    "cropped by 2 percent all around": lambda p: cropped(p, 0.02, 0.02, 0.02, 0.02),
    "cropped by 3 percent on one side": lambda p: cropped(p, 0.03, 0, 0, 0),
    "turned by a degree": lambda p: p.rotate(1),
    "with a date stamped on it": stamped,
    "sent on": sent_on,
    "cropped, brightened and sent on": lambda p: sent_on(
        ImageEnhance.Brightness(cropped(p, 0.02, 0.01, 0.01, 0.02)).enhance(1.15)
    ),
}


@cache
def mark(seed: int) -> str:
    return fingerprint(picture(seed))


def distance(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known_again(name: str) -> None:
    distances = {seed: distance(mark(seed), fingerprint(COPIES[name](picture(seed)))) for seed in SEEDS}
    assert max(distances.values()) <= ALIKE_WITHIN, distances


def test_pictures_of_different_things_are_far_beyond_the_threshold() -> None:
    nearest = min(distance(mark(a), mark(b)) for a, b in combinations(SEEDS, 2))
    assert nearest > 1.5 * ALIKE_WITHIN


def test_the_same_place_with_the_hole_mended_is_another_picture() -> None:
    """Before and after from nearly the same spot is what an honest officer sends."""
    for seed in SEEDS:
        before = picture(seed)
        after = cropped(before.rotate(3), 0.12, 0.05, 0.02, 0.07)
        ImageDraw.Draw(after).ellipse((220, 260, 480, 420), fill=(95, 95, 95))
        assert not alike(fingerprint(before), fingerprint(after)), seed


@pytest.mark.parametrize("light", ["even", "side", "edges"])
def test_a_plain_wall_has_no_fingerprint(light: str) -> None:
    assert {fingerprint(wall(seed, light)) for seed in range(6)} == {""}


def test_a_fingerprint_is_128_bits_in_hex() -> None:
    assert all(len(mark(seed)) == 32 and int(mark(seed), 16) >= 0 for seed in SEEDS)


@pytest.mark.parametrize(("one", "other"), [("", ""), ("", "0" * 32), ("0" * 32, ""), ("0" * 16, "0" * 32)])
def test_without_a_fingerprint_nothing_is_alike(one: str, other: str) -> None:
    assert not alike(one, other)


def test_the_threshold_is_counted_in_bits() -> None:
    none = "0" * 32
    assert alike(none, f"{2**ALIKE_WITHIN - 1:032x}")
    assert not alike(none, f"{2 ** (ALIKE_WITHIN + 1) - 1:032x}")
