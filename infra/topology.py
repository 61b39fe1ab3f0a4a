"""infra/topology.yaml as typed values: every function, its trigger, and which function answers a path."""

from __future__ import annotations
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("topology.yaml")
TRIGGERS = ("http", "topic", "cron")
INGRESS = ("all", "balancer", "internal")
_PARAMETER = re.compile(r"<([a-z_]+)>")
_TOPIC = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,254}")


class TopologyError(ValueError):
    """The topology contradicts itself; the message names the function."""


@dataclass(frozen=True)
class Function:
    """One deployable function: exactly one of `http`, `topic` and `cron` is its trigger."""

    name: str
    access: str
    http: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    topic: str = ""
    cron: str = ""
    memory: str = "512Mi"
    cpu: int = 1
    concurrency: int = 1
    min_instances: int = 0
    max_instances: int = 1
    timeout_seconds: int = 30
    ingress: str = "internal"
    publishes: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    photos: bool = False

    @property
    def trigger(self) -> str:
        """ "http", "topic" or "cron"."""
        return next(trigger for trigger in TRIGGERS if getattr(self, trigger))


@dataclass(frozen=True)
class Push:
    """How often a push is tried, and the dead-letter topic."""

    max_attempts: int
    min_backoff_seconds: int
    ack_deadline_seconds: int
    dead_letter_topic: str


@dataclass(frozen=True)
class Topology:
    """All functions in the file's order, the rules of pushes, and the time zone of schedules."""

    functions: tuple[Function, ...]
    push: Push
    timezone: str
    private_paths: Mapping[str, str] = field(default_factory=dict)

    def private_path(self, function: Function) -> str:
        """The path for pushes or ticks of that function, where one service serves all functions."""
        return self.private_paths[function.access].replace("<name>", function.name)

    def match_private(self, path: str) -> str | None:
        """The name of the function with that private path, else None."""
        return self._private.get(path)

    def match(self, path: str) -> str | None:
        """The name of the first function with a pattern for this decoded path, else None."""
        found = self._patterns.fullmatch(path)
        return found.lastgroup if found else None

    @cached_property
    def by_name(self) -> dict[str, Function]:
        """The functions by name."""
        return {function.name: function for function in self.functions}

    @cached_property
    def by_topic(self) -> dict[str, Function]:
        """The function of each topic."""
        return {function.topic: function for function in self.functions if function.topic}

    @cached_property
    def scheduled(self) -> tuple[Function, ...]:
        """The functions with a schedule."""
        return tuple(function for function in self.functions if function.cron)

    @cached_property
    def _private(self) -> dict[str, str]:
        woken = (function for function in self.functions if function.access in self.private_paths)
        return {self.private_path(function): function.name for function in woken}

    @cached_property
    def _patterns(self) -> re.Pattern[str]:
        served = (function for function in self.functions if function.http)
        return re.compile("|".join(f"(?P<{f.name}>{_either(f.http)})" for f in served))


def read_topology(file: Path = FILE) -> Topology:
    """The checked topology of a file; TopologyError when it contradicts itself."""
    import yaml

    return parse_topology(yaml.safe_load(file.read_text("utf-8")))


def parse_topology(document: Mapping[str, Any]) -> Topology:
    """The checked topology of a parsed document; TopologyError names what is wrong."""
    defaults = document.get("defaults", {})
    functions = tuple(_function(name, entry, defaults) for name, entry in document["functions"].items())
    private_paths = document.get("private_paths", {})
    topology = Topology(functions, Push(**document["push"]), document["timezone"], private_paths)
    _check_private_paths(topology)
    _check_topics(topology)
    _check_timeouts(topology)
    return topology


def _either(patterns: tuple[str, ...]) -> str:
    return "|".join(_expression(pattern) for pattern in patterns)


def _expression(pattern: str) -> str:
    pieces = _PARAMETER.split(pattern)
    return "[^/]+".join(re.escape(piece) for piece in pieces[::2])


def _function(name: str, entry: Mapping[str, Any], defaults: Mapping[str, Any]) -> Function:
    ingress = defaults.get("ingress", {}).get(next((t for t in TRIGGERS if t in entry), ""), Function.ingress)
    given = {**defaults, "ingress": ingress, **entry}
    lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    try:
        function = Function(name, **lists)
    except TypeError as error:
        raise TopologyError(f"{name}: {error}") from None
    _check_function(function)
    return function


def _check_function(function: Function) -> None:
    triggers = [trigger for trigger in TRIGGERS if getattr(function, trigger)]
    if not function.name.isidentifier():
        raise TopologyError(f"{function.name}: the name must be that of a Python function")
    if len(triggers) != 1:
        raise TopologyError(f"{function.name}: needs exactly one of {', '.join(TRIGGERS)}")
    if function.access not in _allowed_access(triggers[0]):
        raise TopologyError(f"{function.name}: access {function.access!r} does not fit {triggers[0]}")
    _check_trigger(function)
    _check_room(function)


def _check_room(function: Function) -> None:
    if not re.fullmatch(r"[1-9]\d*Mi", str(function.memory)):
        raise TopologyError(f"{function.name}: memory is written like 512Mi, not {function.memory!r}")
    if min(function.cpu, function.concurrency, function.max_instances, function.timeout_seconds) < 1:
        raise TopologyError(f"{function.name}: cpu, concurrency, max_instances and timeout_seconds are at least 1")
    if not 0 <= function.min_instances <= function.max_instances:
        raise TopologyError(f"{function.name}: min_instances lies between 0 and max_instances")
    if function.ingress not in INGRESS or (function.ingress == "internal") == bool(function.http):
        raise TopologyError(f"{function.name}: ingress {function.ingress!r} does not fit {function.trigger}")


def _allowed_access(trigger: str) -> tuple[str, ...]:
    return {"http": ("public", "link", "secret"), "topic": ("push",), "cron": ("tick",)}[trigger]


def _check_trigger(function: Function) -> None:
    if function.http and not function.methods:
        raise TopologyError(f"{function.name}: an http function names its methods")
    if any(not path.startswith("/") for path in function.http):
        raise TopologyError(f"{function.name}: a path begins with /")
    if function.topic and not _TOPIC.fullmatch(function.topic):
        raise TopologyError(f"{function.name}: Pub/Sub does not take the topic {function.topic!r}")
    if function.cron and len(function.cron.split()) != 5:
        raise TopologyError(f"{function.name}: a schedule has five fields")


def _check_topics(topology: Topology) -> None:
    topics = [function.topic for function in topology.functions if function.topic]
    if len(set(topics)) != len(topics):
        raise TopologyError("a topic has exactly one function")
    if topology.push.dead_letter_topic not in topics:
        raise TopologyError("the dead-letter topic needs a function")
    if unread := {topic for function in topology.functions for topic in function.publishes} - set(topics):
        raise TopologyError(f"nobody reads what is published to {', '.join(sorted(unread))}")


def _check_private_paths(topology: Topology) -> None:
    for access, path in topology.private_paths.items():
        if access not in ("push", "tick") or not re.fullmatch(r"/_[a-z]+/<name>", path):
            raise TopologyError(f"private_paths: {access}: {path!r} must look like /_push/<name>")


def _check_timeouts(topology: Topology) -> None:
    """Where one service runs all functions, each may take as long as the longest."""
    slowest = max(topology.functions, key=lambda function: function.timeout_seconds)
    if slowest.timeout_seconds >= topology.push.ack_deadline_seconds:
        raise TopologyError(f"{slowest.name}: timeout_seconds must be less than push.ack_deadline_seconds")
