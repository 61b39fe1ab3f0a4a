"""What of a plan of infra/gcp is paid for by the month, counted.

`make cost` needs no Terraform and reads planned.json; `python -m tests.bench.cost.planned` writes it, and a test
holds it to the plan.
"""

from __future__ import annotations
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.infra.planning import SIZES, Planned, nothing_edited, plan

FILE = Path(__file__).with_name("planned.json")
DEFAULT_RULE = 2147483647
"""The priority of the rule that every policy has."""
DAY = 86400


@dataclass(frozen=True)
class Service:
    """One Cloud Run service: vCPU, GiB, requests at once, instances kept; behind the balancer or not."""

    cpu: float
    gib: float
    concurrency: int
    min_instances: int
    balanced: bool


@dataclass(frozen=True)
class Fixed:
    """What a size has, however many reports come in. probes_a_day: runs of uptime checks from one place."""

    services: dict[str, Service]
    scheduler_jobs: int
    secret_versions: int
    alert_conditions: int
    probes_a_day: float
    forwarding_rules: int
    armor_policies: int
    armor_rules: int
    backup_days: float
    pitr_copies: int

    def service_of(self, function: str) -> str:
        """The service that runs a function."""
        own = f"laksa-{function.replace('_', '-')}"
        return own if own in self.services else next(iter(self.services))


def main() -> None:
    """Plan both sizes and write what is counted."""
    made = plan({size: (size, nothing_edited) for size in SIZES})
    told = {size: count(each) for size, each in made.items() if isinstance(each, Planned)}
    FILE.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def read_planned(file: Path = FILE) -> dict[str, Fixed]:
    """What each size has."""
    return {size: _fixed(told) for size, told in json.loads(file.read_text("utf-8")).items()}


def count(planned: Planned) -> dict[str, Any]:
    """As it stands in the file."""
    rules = [rule for policy in planned.of("google_compute_security_policy") for rule in policy["rule"]]
    alerts = planned.of("google_monitoring_alert_policy")
    return {
        "services": dict(map(_service, planned.of("google_cloud_run_v2_service"))),
        "scheduler_jobs": len(planned.of("google_cloud_scheduler_job")),
        "secret_versions": len(planned.of("google_secret_manager_secret_version")),
        "alert_conditions": sum(len(alert["conditions"]) for alert in alerts),
        "probes_a_day": sum(map(_probes, planned.of("google_monitoring_uptime_check_config"))),
        "forwarding_rules": len(planned.of("google_compute_global_forwarding_rule")),
        "armor_policies": len(planned.of("google_compute_security_policy")),
        "armor_rules": sum(rule["priority"] != DEFAULT_RULE for rule in rules),
        "pitr_copies": sum(map(_is_recoverable, planned.of("google_firestore_database"))),
        "backup_days": sum(map(_days_kept, planned.of("google_firestore_backup_schedule"))),
    }


def _service(service: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    (template,) = service["template"]
    (scaling,), (container,) = template["scaling"], template["containers"]
    limits = container["resources"][0]["limits"]
    return service["name"], {
        "cpu": float(limits["cpu"]),
        "gib": int(limits["memory"].removesuffix("Mi")) / 1024,
        "concurrency": template["max_instance_request_concurrency"],
        "min_instances": scaling["min_instance_count"],
        "balanced": service["ingress"] == "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
    }


def _probes(check: dict[str, Any]) -> float:
    return DAY / int(check["period"].removesuffix("s"))


def _days_kept(schedule: dict[str, Any]) -> float:
    return int(schedule["retention"].removesuffix("s")) / DAY


def _is_recoverable(database: dict[str, Any]) -> bool:
    return bool(database["point_in_time_recovery_enablement"] == "POINT_IN_TIME_RECOVERY_ENABLED")


def _fixed(told: dict[str, Any]) -> Fixed:
    services = {name: Service(**service) for name, service in told["services"].items()}
    return Fixed(**{**told, "services": services})


if __name__ == "__main__":
    main()
