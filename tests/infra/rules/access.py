"""Who may do what: the whole table of roles, and the way in of each target."""

from __future__ import annotations
import re
from collections.abc import Iterator

import main
from infra.topology import Function
from tests.infra.planning import PROJECT, VARIABLES, Planned

Grant = tuple[str, str, str]
"""A role, on what, to whom; a project's roles are on "project"."""
PUBSUB = "service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
ON = {
    "google_project_iam_member": "",
    "google_pubsub_topic_iam_member": "topic",
    "google_pubsub_subscription_iam_member": "subscription",
    "google_secret_manager_secret_iam_member": "secret_id",
    "google_storage_bucket_iam_member": "bucket",
    "google_cloud_run_v2_service_iam_member": "name",
    "google_service_account_iam_member": "service_account_id",
    "google_artifact_registry_repository_iam_member": "repository",
}
INGRESS = {
    "all": "INGRESS_TRAFFIC_ALL",
    "balancer": "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
    "internal": "INGRESS_TRAFFIC_INTERNAL_ONLY",
}
NAMES = (
    ("google_service_account", "account_id", "[a-z][a-z0-9-]{4,28}[a-z0-9]"),
    ("google_service_account", "display_name", ".{1,100}"),
    ("google_cloud_run_v2_service", "name", "[a-z][a-z0-9-]{0,47}[a-z0-9]"),
    ("google_pubsub_topic", "name", "(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}"),
    ("google_pubsub_subscription", "name", "(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}"),
    ("google_firestore_database", "name", "[a-z][a-z0-9-]{2,61}[a-z0-9]"),
    ("google_storage_bucket", "name", "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]"),
    ("google_secret_manager_secret", "secret_id", "[A-Za-z0-9_-]{1,255}"),
    ("google_cloud_scheduler_job", "name", "[A-Za-z0-9_-]{1,500}"),
    ("google_logging_metric", "name", "[A-Za-z0-9_/.-]{1,100}"),
)
"""What Google takes for a name, by type and field."""


def service_of(plan: Planned, function: str) -> str:
    """The service that a function runs in."""
    return "laksa-city" if plan.size == "kecil" else f"laksa-{function.replace('_', '-')}"


def roles_are_the_table_and_nothing_else(plan: Planned) -> list[str]:
    """Whoever has a right is known to need it."""
    given, table = set(_given(plan)), set(_table(plan))
    return [f"not in the table: {grant}" for grant in given - table] + [f"missing: {grant}" for grant in table - given]


def data_is_one_database_only(plan: Planned) -> list[str]:
    """The role on data is bound to the database of Laksa."""
    wanted = f'resource.name == "projects/{PROJECT}/databases/laksa"'
    members = [m for m in plan.of("google_project_iam_member") if m["role"] == "roles/datastore.user"]
    bound = [[c["expression"] for c in member["condition"]] for member in members]
    return [
        f"{member['member']} may read every database" for member, b in zip(members, bound, strict=True) if b != [wanted]
    ]


def every_target_is_deployed_and_nothing_else(plan: Planned) -> list[str]:
    """What main.py exports runs, each in its service, and there is no other service."""
    wanted = {service_of(plan, name): _command(plan, name) for name in main.__all__}
    found = {s["name"]: s["template"][0]["containers"][0]["command"] for s in plan.of("google_cloud_run_v2_service")}
    return [
        f"{name}: {found.get(name)} instead of {wanted.get(name)}"
        for name in wanted | found
        if found.get(name) != wanted.get(name)
    ]


def every_target_has_an_access_rule(plan: Planned) -> list[str]:
    """Public: no check, and for pages only. Private: one caller, and from inside only."""
    services = {service["name"]: service for service in plan.of("google_cloud_run_v2_service")}
    callers: dict[str, list[str]] = {name: [] for name in services}
    for member in plan.of("google_cloud_run_v2_service_iam_member"):
        callers[member["name"]].append(member["member"])
    wrong = []
    for function in plan.topology.functions:
        name = service_of(plan, function.name)
        public, ingress, caller = _way_in(plan, function)
        service = services[name]
        if (bool(service["invoker_iam_disabled"]), service["ingress"], callers[name]) != (public, ingress, caller):
            wrong.append(f"{function.name}: {service['invoker_iam_disabled']}, {service['ingress']}, {callers[name]}")
    return wrong


def no_service_gets_more_than_it_declares(plan: Planned) -> list[str]:
    """Secrets reach only who names them, and each service is itself, with the room of the topology."""
    wrong = []
    for service in plan.of("google_cloud_run_v2_service"):
        functions = [f for f in plan.topology.functions if service_of(plan, f.name) == service["name"]]
        template, env = service["template"][0], service["template"][0]["containers"][0]["env"]
        secrets = {variable["name"] for variable in env if variable["value_source"]}
        if secrets != _secrets(functions):
            wrong.append(f"{service['name']} reads {sorted(secrets)}")
        if template["service_account"] != _account(service["name"]):
            wrong.append(f"{service['name']} acts as {template['service_account']}")
        if template["timeout"] != f"{max(f.timeout_seconds for f in functions)}s":
            wrong.append(f"{service['name']} may take {template['timeout']}")
        memory = template["containers"][0]["resources"][0]["limits"]["memory"]
        if memory != f"{max(int(f.memory.removesuffix('Mi')) for f in functions)}Mi":
            wrong.append(f"{service['name']} has {memory}")
    return wrong


def names_are_as_google_takes_them(plan: Planned) -> list[str]:
    """So that the first apply does not stop in the middle."""
    wrong = []
    for kind, field, shape in NAMES:
        wrong += [f"{kind}: {v[field]}" for v in plan.of(kind) if not re.fullmatch(shape, v[field])]
    return wrong


def _account(name: str) -> str:
    return f"{name}@{PROJECT}.iam.gserviceaccount.com"


def _secrets(functions: list[Function]) -> set[str]:
    set_up = VARIABLES["secret_versions"]
    assert isinstance(set_up, dict)
    return {secret for function in functions for secret in function.secrets} & set(set_up)


def _command(plan: Planned, name: str) -> list[str]:
    target = "laksa" if plan.size == "kecil" else name
    return ["functions-framework", "--source", "main.py", "--target", target]


def _way_in(plan: Planned, function: Function) -> tuple[bool, str, list[str]]:
    if plan.size == "kecil":
        return True, INGRESS["all"], []
    caller = {"topic": "laksa-from-pubsub", "cron": "laksa-from-scheduler"}.get(function.trigger)
    callers = [f"serviceAccount:{_account(caller)}"] if caller else []
    return not callers, INGRESS[function.ingress], callers


def _given(plan: Planned) -> Iterator[Grant]:
    for resource in plan.resources:
        if "_iam_" in resource["type"]:
            on = ON[resource["type"]]
            values = resource["values"]
            yield values["role"], values[on] if on else "project", values["member"].removeprefix("serviceAccount:")


def _table(plan: Planned) -> Iterator[Grant]:
    for name in {service_of(plan, function.name) for function in plan.topology.functions}:
        yield from _of_service(plan, name, [f for f in plan.topology.functions if service_of(plan, f.name) == name])
    yield "roles/iam.serviceAccountTokenCreator", "laksa-from-pubsub", PUBSUB
    yield "roles/pubsub.publisher", plan.topology.push.dead_letter_topic, PUBSUB
    for topic, function in plan.topology.by_topic.items():
        if topic != plan.topology.push.dead_letter_topic:
            yield "roles/pubsub.subscriber", function.name, PUBSUB
    yield "roles/storage.objectViewer", f"{PROJECT}-laksa-upload", _account("laksa-builder")
    yield "roles/artifactregistry.writer", "laksa", _account("laksa-builder")
    yield "roles/logging.logWriter", "project", _account("laksa-builder")


def _of_service(plan: Planned, name: str, functions: list[Function]) -> Iterator[Grant]:
    yield "roles/datastore.user", "project", _account(name)
    for topic in {topic for function in functions for topic in function.publishes}:
        yield "roles/pubsub.publisher", topic, _account(name)
    for secret in _secrets(functions):
        yield "roles/secretmanager.secretAccessor", secret.lower().replace("_", "-"), _account(name)
    if any(function.photos for function in functions):
        yield "roles/storage.objectUser", f"{PROJECT}-laksa-photos", _account(name)
    caller = {"topic": "laksa-from-pubsub", "cron": "laksa-from-scheduler"}.get(functions[0].trigger)
    if plan.size == "besar" and caller:
        yield "roles/run.invoker", name, _account(caller)
