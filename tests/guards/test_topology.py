"""The declaration, the code and the router of messages say the same."""

from pathlib import Path

import pytest
import yaml

import main
from workflows import topics

ROOT = Path(__file__).parents[2]
TOPOLOGY = yaml.safe_load((ROOT / "infra" / "topology.yaml").read_text("utf-8"))
FUNCTIONS = TOPOLOGY["functions"]


def test_every_deployable_function_is_declared_and_the_other_way_round() -> None:
    assert set(main.__all__) == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_one_trigger_and_an_access_rule_that_fits_it(name: str) -> None:
    declared = FUNCTIONS[name]
    triggers = [trigger for trigger in ("http", "topic", "cron") if trigger in declared]
    allowed = {"http": {"public", "link", "secret"}, "topic": {"push"}, "cron": {"tick"}}
    assert len(triggers) == 1
    assert declared["access"] in allowed[triggers[0]]


def test_every_topic_named_in_code_has_exactly_one_consumer() -> None:
    named = {value for name, value in vars(topics).items() if name.isupper()}
    consumed = [declared["topic"] for declared in FUNCTIONS.values() if "topic" in declared]
    assert sorted(consumed) == sorted(named)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_lies_in_the_module_that_main_names(name: str) -> None:
    assert getattr(main, name).__module__ == main.MODULES[name]


def test_the_root_of_functions_holds_deployable_functions_alone() -> None:
    modules = {f"functions.{path.stem}" for path in (ROOT / "functions").glob("*.py")} - {"functions.__init__"}
    assert modules == set(main.MODULES.values())
