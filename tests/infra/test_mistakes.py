"""Each kind of mistake, made on purpose in a copy, is told by the rule that is named for it."""

from __future__ import annotations
from pathlib import Path

import pytest

from infra.topology import TopologyError, read_topology
from tests.infra.mistakes import MISTAKES, Mistake, all_of, in_rounds
from tests.infra.planning import Planned, copy_of_infra, plan
from tests.infra.rules.every_rule import RULES

BY_NAME = {mistake.name: mistake for mistake in MISTAKES}


@pytest.fixture(scope="module")
def made(set_up: None) -> dict[str, Planned | str]:
    """What each mistake leads to; those that do not touch each other are made in one copy."""
    rounds = {f"{size} {number}": (size, together) for (size, number), together in in_rounds(MISTAKES)}
    plans = plan({name: (size, all_of(together)) for name, (size, together) in rounds.items()})
    return {mistake.name: plans[name] for name, (_, together) in rounds.items() for mistake in together}


@pytest.mark.whole
@pytest.mark.slow
@pytest.mark.parametrize("name", BY_NAME)
def test_a_mistake_is_told_by_the_rule_named_for_it(made: dict[str, Planned | str], name: str) -> None:
    mistake, planned = BY_NAME[name], made[name]
    assert isinstance(planned, Planned), planned
    assert mistake.word in "\n".join(RULES[mistake.rule](planned))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  timeout_seconds: 45", "  timeout_seconds: 110", "must be less than"),
        ("  publishes: [notice-due]\n", "  publishes: [notice-due, gossip]\n", "gossip"),
        ("topic: internal", "topic: balancer", "ingress"),
        ("  memory: 512Mi", "  memory: 512", "512Mi"),
        ("  min_instances: 0", "  min_instances: 11", "min_instances"),
    ],
)
def test_a_topology_that_cannot_be_is_refused_before_any_plan(tmp_path: Path, old: str, new: str, said: str) -> None:
    infra = copy_of_infra(tmp_path)
    Mistake("", "", "", "topology.yaml", old, new).make(infra)
    with pytest.raises(TopologyError, match=said):
        read_topology(infra / "topology.yaml")


def test_every_rule_has_a_mistake_that_it_tells() -> None:
    assert {mistake.rule for mistake in MISTAKES} == set(RULES)
