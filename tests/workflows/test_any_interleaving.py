"""Whatever citizen, offices, desk, clock and lost or repeated messages do, and in any order: nothing gets lost."""

from __future__ import annotations
import os
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.workflows.interleavings import LIKELY, Life
from tests.workflows.world import World
from workflows.domain.intake.submission import Submission

pytestmark = pytest.mark.slow

STARTS = (
    "Sampah menumpuk di depan gang kami di Cipete, sudah seminggu tidak diangkut.",  # its department is clear
    "Surat pengantar di Kelurahan Cipete, Kecamatan Pinang, sudah seminggu belum ditandatangani.",
    "Mohon bantuannya ya, sudah lama begini terus.",  # an operator decides
    "Pohon tumbang menimpa kabel listrik di Cipondoh, ada percikan api.",  # danger
)
EXAMPLES = {"usual": 60, "whole": 1000}
LIFE = st.tuples(st.sampled_from(STARTS), st.integers(0, 2**64))


def live(world: World, life: tuple[str, int]) -> None:
    """One complaint from its form to its end, in a world where nothing else goes on."""
    text, luck = life[0], Random(life[1])
    steps = [(luck.choice(LIKELY), luck.getrandbits(32)) for _ in range(luck.randint(6, 30))]
    note(str(steps))
    world.bus.messages.clear()
    world.postman.troubles.clear()
    open_to = luck.choice(("confidential", "public", "public"))
    one = Life(world, world.submit(Submission(text, email="warga@contoh.example", visibility=open_to)).ticket)
    for step in [("deliver", 0), *steps]:
        one.take(step)
    one.rest()
    one.forget()


CHECKS = settings(
    derandomize="CI" in os.environ,
    phases=[Phase.explicit, Phase.generate],  # a number that stands for luck is not to be made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@settings(CHECKS, max_examples=EXAMPLES["usual"])
@given(LIFE)
def test_no_order_of_steps_loses_a_complaint(world: World, life: tuple[str, int]) -> None:
    live(world, life)


@pytest.mark.whole
@pytest.mark.parametrize("share", range(2))
def test_two_thousand_orders_of_steps_lose_no_complaint(world: World, share: int) -> None:
    @settings(CHECKS, max_examples=EXAMPLES["whole"])
    @given(LIFE)
    def lives(life: tuple[str, int]) -> None:
        live(world, life)

    lives()
