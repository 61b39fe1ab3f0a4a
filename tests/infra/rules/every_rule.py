"""All rules by name."""

from __future__ import annotations
from collections.abc import Callable

from tests.infra.planning import Planned
from tests.infra.rules import access, edge, eyes, keeping, messages, settings

Rule = Callable[[Planned], list[str]]
RULES: dict[str, Rule] = {
    name: rule
    for module in (access, settings, messages, keeping, eyes, edge)
    for name, rule in vars(module).items()
    if getattr(rule, "__module__", "") == module.__name__ and rule.__annotations__.get("return") == "list[str]"
    and list(rule.__annotations__) == ["plan", "return"] and not name.startswith("_")
}  # fmt: skip
