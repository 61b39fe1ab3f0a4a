"""What the services are told: settings that the app takes, and reads."""

from __future__ import annotations
import re
from typing import Any

from functions.app.settings import SettingsError, read_settings
from tests.infra.planning import PROJECT, ROOT, VARIABLES, Planned

READER = ROOT / "functions" / "app" / "settings.py"


def the_app_takes_its_settings(plan: Planned) -> list[str]:
    """Each service starts with what it is given."""
    wrong = []
    for service in plan.of("google_cloud_run_v2_service"):
        env = _env(service)
        try:
            settings = read_settings(env)
        except SettingsError as error:
            wrong.append(f"{service['name']}: {error}")
        else:
            asked = "token" if plan.size == "kecil" else "iam"
            used = (settings.database, settings.callers.check, settings.photo_bucket, settings.mail_is_limited)
            wanted = ("laksa", asked, f"{PROJECT}-laksa-photos", True)
            wrong += [] if used == wanted else [f"{service['name']} uses {used}"]
    return wrong


OF_THE_FRAMEWORK = {"THREADS"}
"""What functions-framework reads."""


def every_setting_is_read_by_somebody(plan: Planned) -> list[str]:
    """No service is told what the app does not know."""
    known = set(re.findall(r'"([A-Z_]+)"', READER.read_text("utf-8")))
    told = {name for service in plan.of("google_cloud_run_v2_service") for name in _env(service)}
    return [f"nobody reads {name}" for name in sorted(told - known - OF_THE_FRAMEWORK)]


def each_service_has_a_thread_for_every_request(plan: Planned) -> list[str]:
    """Else Cloud Run hands on more than the framework works at, and the others wait in line."""
    services = [service["template"][0] for service in plan.of("google_cloud_run_v2_service")]
    pairs = [(_threads(template), template.get("max_instance_request_concurrency")) for template in services]
    return [f"{threads} threads for {requests} requests" for threads, requests in pairs if threads != requests]


def _threads(template: dict[str, Any]) -> int:
    told = {variable["name"]: variable.get("value") for variable in template["containers"][0].get("env", ())}
    return int(told.get("THREADS") or 0)


def _env(service: dict[str, Any]) -> dict[str, str]:
    values = VARIABLES["secret_values"]
    assert isinstance(values, dict)
    told = service["template"][0]["containers"][0]["env"]
    return {variable["name"]: variable["value"] or values.get(variable["name"], "") for variable in told}
