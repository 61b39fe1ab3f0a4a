"""The one address of besar: each path leads to its function's service, and to nothing else."""

from __future__ import annotations
import itertools
import re
from typing import Any

from tests.infra.planning import VARIABLES, Planned
from tests.infra.rules.access import service_of


def every_path_leads_to_its_function(plan: Planned) -> list[str]:
    """The path map is the topology's."""
    if plan.size == "kecil":
        return [f"kecil needs no {r['type']}" for r in plan.resources if r["type"].startswith("google_compute_")]
    pages = next(m for m in plan.of("google_compute_url_map") if m["name"] == "laksa")
    found = {(_written(m), r["service"]) for r in pages["path_matcher"][0]["route_rules"] for m in r["match_rules"]}
    wanted = {
        (re.sub(r"<[a-z_]+>", "*", path), f"google_compute_backend_service {service_of(plan, function.name)}")
        for function in plan.topology.functions
        for path in function.http
    }
    return [f"{path} → {service}" for path, service in sorted(found ^ wanted)]


def no_two_functions_share_a_path(plan: Planned) -> list[str]:
    """So the order of the map's rules does not matter."""
    paths = [(path, function.name) for function in plan.topology.functions for path in function.http]
    pairs = itertools.combinations(paths, 2)
    return [f"{a} of {one} and {b} of {two}" for (a, one), (b, two) in pairs if one != two and _meet(a, b)]


def the_edge_guards_and_says_its_name(plan: Planned) -> list[str]:
    """A limit for one address before every page; TLS 1.2 or newer, for the city's own name."""
    if plan.size == "kecil":
        return []
    services = plan.of("google_compute_backend_service")
    wrong = [
        f"{s['name']} has no Cloud Armor"
        for s in services
        if s["security_policy"] != "google_compute_security_policy laksa"
    ]
    (armor,), (tls,) = plan.of("google_compute_security_policy"), plan.of("google_compute_ssl_policy")
    (certificate,) = plan.of("google_compute_managed_ssl_certificate")
    wrong += [] if any(rule["action"] == "throttle" for rule in armor["rule"]) else ["no limit for one address"]
    wrong += [] if tls["min_tls_version"] == "TLS_1_2" else ["old TLS"]
    host = str(VARIABLES["url"]).removeprefix("https://")
    return wrong + ([] if certificate["managed"][0]["domains"] == [host] else ["a certificate for somebody else"])


def _written(rule: dict[str, Any]) -> str:
    return str(rule["full_path_match"] or rule["path_template_match"])


def _meet(one: str, other: str) -> bool:
    pairs = list(itertools.zip_longest(one.split("/"), other.split("/")))
    return all(None not in pair and (pair[0] == pair[1] or any(p.startswith("<") for p in pair)) for pair in pairs)
