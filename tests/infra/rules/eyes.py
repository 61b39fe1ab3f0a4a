"""What is seen when something is wrong, and what no log keeps."""

from __future__ import annotations
import json
import re
from typing import Any

from tests.infra.log_filter import entry_of, matches
from tests.infra.planning import ROOT, Planned
from tests.infra.rules.access import service_of
from tests.infra.written import written

REQUEST_LOGS = {
    'logName="projects/kota/logs/run.googleapis.com%2Frequests"',
    'logName="projects/kota/logs/requests"',
    'resource.type="http_load_balancer"',
    "httpRequest.requestUrl:*",
}
COUNTS: dict[str, set[str]] = {
    "laksa/swept": {"swept"},
    "laksa/mail_failed": {*("mail failed 2 new_case", "mail failed 2 receipt"), "mail bounced 2 new_case"},
    "laksa/broken": {"mail failed 2 new_case", "mail failed 2 receipt", "request failed"},
    "laksa/mail_seconds": {"mail sent 2 new_case", "mail sent 2 receipt"},
    "laksa/tick_failed": set(),  # lines of Cloud Scheduler's own
}
"""What each metric is for, of the lines of tests/infra/written.py."""
NAMES_ITS_TARGET = {
    "http": 'service_name = "{service}"',
    "topic": 'subscription_id = "{name}"',
    "cron": 'job = "{job}"',
}


def every_target_has_an_alert(plan: Planned) -> list[str]:
    """Pages by their errors, pushes by what waits, ticks by what fails; all told to somebody."""
    filters = " ".join(_filters(plan))
    wrong = []
    for function in plan.topology.functions:
        job = f"laksa-{function.name.replace('_', '-')}"
        named = NAMES_ITS_TARGET[function.trigger].format(
            service=service_of(plan, function.name), name=function.name, job=job
        )
        wrong += [] if named in filters else [f"{function.name} has no alert"]
    return wrong


def what_must_be_told_is_told(plan: Planned) -> list[str]:
    """Dead letters, old messages, sweeps that stay away, errors, letters that fail, a slow form."""
    filters = " ".join(_filters(plan))
    parts = ("dead_letter_message_count", "oldest_unacked_message_age", "/swept", "response_code_class = \\\"5xx",
             "/mail_failed", "request_latencies")  # fmt: skip
    wrong = [f"no alert on {part}" for part in parts if part.replace('\\"', '"') not in filters]
    asked = {c["content_matchers"][0]["content"] for c in plan.of("google_monitoring_uptime_check_config")}
    return wrong + ([] if "undecreed_years" in asked else ["nobody looks at the calendar"])


def every_alert_stands_in_the_runbook(plan: Planned) -> list[str]:
    """Who is called at night finds what it means and what to do."""
    runbook = (ROOT / "docs" / "runbook.md").read_text("utf-8").partition("## Alerts on Google Cloud")[2]
    said = {p["documentation"][0]["content"].rpartition(": ")[2] for p in plan.of("google_monitoring_alert_policy")}
    return [f"the runbook says nothing about “{alert}”" for alert in sorted(said) if f"| {alert} |" not in runbook]


def no_request_log_is_kept(plan: Planned) -> list[str]:
    """A request log names each URL, and a link in one opens a case."""
    (sink,) = plan.of("google_logging_project_sink")
    left_out = {exclusion["filter"] for exclusion in sink["exclusions"] if not exclusion["disabled"]}
    wrong = [f"kept: {log}" for log in sorted(REQUEST_LOGS - left_out)]
    wrong += [] if sink["name"] == "_Default" else [f"{sink['name']} stands beside the sink that every project has"]
    logged = [b["name"] for b in plan.of("google_compute_backend_service") if b["log_config"][0]["enable"]]
    traced = any(r["address"] == "terraform_data.no_traces" for r in plan.resources)
    return wrong + [f"the balancer logs {name}" for name in logged] + ([] if traced else ["traces name paths"])


def metrics_stand_in_their_place(plan: Planned) -> list[str]:
    """Each own metric that an alert, a goal or the dashboard reads is made, and read; none holds a URL."""
    made = {f"logging.googleapis.com/user/{metric['name']}" for metric in plan.of("google_logging_metric")}
    goals = json.dumps([plan.of("google_monitoring_slo"), plan.of("google_monitoring_dashboard")])
    read = set(re.findall(r"logging\.googleapis\.com/user/[a-z_/]+", goals + " ".join(_filters(plan))))
    labels = json.dumps([metric["label_extractors"] for metric in plan.of("google_logging_metric")])
    wrong = [f"nobody makes {name}" for name in read - made] + [f"nobody reads {name}" for name in made - read]
    return wrong + (["a label holds a URL"] if "equestUrl" in labels else [])


def metrics_count_what_the_code_writes(plan: Planned) -> list[str]:
    """Each counts the lines that it is for, as the code really writes them, and no other."""
    entries = [entry_of(line, "cloud_run_revision") for line in written()]
    wrong = []
    for metric in plan.of("google_logging_metric"):
        counted = {_kind(entry) for entry in entries if matches(metric["filter"], entry)}
        meant = COUNTS.get(metric["name"], {"nothing that stands in COUNTS"})
        wrong += [] if counted == meant else [f"{metric['name']} counts {sorted(counted)}, not {sorted(meant)}"]
        wrong += [f"{metric['name']} takes no number from {field}" for field in _no_numbers(metric, entries)]
    return wrong


def _kind(entry: dict[str, Any]) -> str:
    """What a line says; of a letter, also which of its case's."""
    said = entry.get("jsonPayload") or {"message": entry["textPayload"]}
    letter = str(said.get("notice", "")).split(".")
    return " ".join([said["message"], *letter[1:3]])


def _no_numbers(metric: dict[str, Any], entries: list[dict[str, Any]]) -> list[str]:
    """Fields that a value is taken from though a line that is counted holds no number there."""
    fields = re.findall(r"EXTRACT\(jsonPayload\.(\w+)\)", metric.get("value_extractor") or "")
    counted = [entry["jsonPayload"] for entry in entries if matches(metric["filter"], entry)]
    return [f for f in fields if any(not isinstance(line.get(f), int | float) for line in counted)]


def _filters(plan: Planned) -> list[str]:
    """What the alerts that reach somebody look at."""
    found = []
    for policy in plan.of("google_monitoring_alert_policy"):
        if policy.get("enabled") is not False:
            for condition in policy["conditions"]:
                kinds = [*(condition["condition_threshold"] or []), *(condition["condition_absent"] or [])]
                found += [kind["filter"] for kind in kinds if "filter" in kind]
    return found
