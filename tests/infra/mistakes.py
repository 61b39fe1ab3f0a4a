"""Mistakes made on purpose: what is edited in a copy of infra/, which rule must tell it, and with which word."""

from __future__ import annotations
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.infra.planning import Edit

OWN = "serviceAccount:laksa-city@kota.iam.gserviceaccount.com"


@dataclass(frozen=True)
class Mistake:
    """In `file` of a copy, `old` becomes `new`; without `old`, `new` is added to the Terraform."""

    name: str
    rule: str
    word: str
    file: str
    old: str
    new: str
    size: str = "kecil"

    def make(self, infra: Path) -> None:
        """AssertionError when what should be replaced does not stand there once."""
        path = infra / self.file
        if not self.old:
            path.write_text(self.new, "utf-8")
            return
        text = path.read_text("utf-8")
        assert text.count(self.old) == 1, f"{self.old!r} stands {text.count(self.old)} times in {self.file}"
        path.write_text(text.replace(self.old, self.new), "utf-8")


def in_rounds(mistakes: tuple[Mistake, ...]) -> Iterator[tuple[tuple[str, int], list[Mistake]]]:
    """Those that can be made in one copy, by size and number: no two of one rule."""
    seen: Counter[tuple[str, str]] = Counter()
    rounds: dict[tuple[str, int], list[Mistake]] = {}
    for mistake in mistakes:
        seen[mistake.size, mistake.rule] += 1
        rounds.setdefault((mistake.size, seen[mistake.size, mistake.rule]), []).append(mistake)
    yield from rounds.items()


def all_of(mistakes: list[Mistake]) -> Edit:
    """One edit that makes them all."""

    def edit(infra: Path) -> None:
        for mistake in mistakes:
            mistake.make(infra)

    return edit


def _resource(kind: str, *lines: str) -> str:
    body = "\n".join(f"  {line}" for line in lines)
    return f'resource "google_{kind}" "mistake" {{\n{body}\n}}\n'


_EDITOR = _resource("project_iam_member", "project = var.project", 'role = "roles/editor"', f'member = "{OWN}"')
_EVERYBODY = _resource(
    "storage_bucket_iam_member",
    "bucket = google_storage_bucket.photos.name",
    'role = "roles/storage.objectViewer"',
    'member = "allUsers"',
)
_INDEX = _resource(
    "firestore_index",
    "database = google_firestore_database.laksa.name",
    'collection = "reporters"',
    *(f'fields {{\n field_path = "{field}"\n order = "ASCENDING"\n}}' for field in ("name", "phone")),
)
_STRANGER = _resource(
    "cloud_run_v2_service",
    'name = "stranger"',
    "location = var.region",
    'template {\n timeout = "10s"\n containers {\n image = local.image\n command = ["sh"]\n }\n }',
)
_ONLY_SWEEP = '= { for name, tick in local.ticked : name => tick if name == "sweep" }\n'
_READ_NOT = '= { for name, target in local.pushed : name => target if name != "dead_letter" }\n'

MISTAKES = (
    Mistake("a role that is too broad", "roles_are_the_table_and_nothing_else", "roles/editor",
            "gcp/mistake_role.tf", "", _EDITOR),
    Mistake("data of every database", "data_is_one_database_only", "every database",
            "gcp/roles.tf", 'resource.name == \\"projects/${var.project}/databases/${local.in_use}\\"',
            'resource.name.startsWith(\\"projects/\\")'),
    Mistake("a service that nobody exports", "every_target_is_deployed_and_nothing_else", "stranger",
            "gcp/mistake_service.tf", "", _STRANGER),
    Mistake("a private target that anybody may call", "every_target_has_an_access_rule", "send_notice",
            "gcp/services.tf", "invoker_iam_disabled = each.value.public", "invoker_iam_disabled = true", "besar"),
    Mistake("a secret for everybody", "no_service_gets_more_than_it_declares", "laksa-health reads",
            "gcp/topology.tf", "= target.secrets\n", "= keys(var.secret_versions)\n", "besar"),
    Mistake("a name that Google does not take", "names_are_as_google_takes_them", "tick",
            "gcp/identities.tf", '"laksa-from-scheduler"', '"tick"', "besar"),
    Mistake("another database than was made", "the_app_takes_its_settings", "uses ('(default)'",
            "gcp/services.tf", "FIRESTORE_DATABASE = local.in_use", 'FIRESTORE_DATABASE = ""', "besar"),
    Mistake("a setting with a slip of the pen", "every_setting_is_read_by_somebody", "LAKSA_PROXYS",
            "gcp/services.tf", "LAKSA_PROXIES            =", "LAKSA_PROXYS             ="),
    Mistake("threads of the framework's own choice", "each_service_has_a_thread_for_every_request", "threads for",
            "gcp/services.tf", "THREADS = tostring(each.value.concurrency)", 'THREADS = "8"'),
    Mistake("a bucket that can be public", "no_public_bucket", "photos can be public",
            "gcp/storage.tf", '"enforced"\n\n  # What is erased', '"inherited"\n\n  # What is erased'),
    Mistake("a bucket that is public", "no_public_bucket", "photos is public",
            "gcp/mistake_public.tf", "", _EVERYBODY),
    Mistake("a message pushed to whoever it may be", "every_topic_has_one_reader", "notice-due",
            "gcp/topics.tf", 'replace(local.topology.private_paths.push, "<name>", name)', '"/_push/health"'),
    Mistake("a dead letter that nobody reads", "every_topic_has_a_dead_letter_that_somebody_reads", "nobody reads",
            "gcp/topics.tf", "= local.pushed\n  name ", _READ_NOT + "  name "),
    Mistake("a topic without a dead letter", "every_topic_has_a_dead_letter_that_somebody_reads", "no dead letter",
            "gcp/topics.tf", "each.value.topic == local.dead_letter ?", 'each.value.topic == "notice-due" ?'),
    Mistake("a tick in another zone", "every_tick_is_on_the_schedule", "UTC",
            "gcp/schedules.tf", "local.topology.timezone", '"UTC"'),
    Mistake("timeouts in the wrong order", "the_one_that_waits_is_more_patient", "not 110 > 200",
            "gcp/services.tf", '"${each.value.timeout}s"', '"${each.value.timeout + 100}s"'),
    Mistake("an index that nobody declared", "indexes_are_those_declared", "reporters name:ASCENDING",
            "gcp/mistake_index.tf", "", _INDEX),
    Mistake("an erasing that leaves the letters", "only_submissions_run_out_by_themselves", "complaints",
            "firestore.indexes.json", '"fieldPath": "erase_at",', '"fieldPath": "erase_at", "ttl": true,'),
    Mistake("a database that is gone by mistake", "the_database_can_be_put_back", "DISABLED",
            "gcp/firestore.tf", "DELETE_PROTECTION_ENABLED", "DELETE_PROTECTION_DISABLED"),
    Mistake("a database that clients may read", "clients_are_denied_everything", "allow read",
            "gcp/firestore.rules", "allow read, write: if false;", "allow read; allow write: if false;"),
    Mistake("data in another country", "everything_stays_in_the_region", "us-central1",
            "gcp/firestore.tf", "location_id                       = var.region",
            'location_id                       = "us-central1"', "besar"),
    Mistake("a secret in the state", "no_secret_is_in_the_plan", "smtp://u:p",
            "gcp/services.tf", "LAKSA_DESK_ALLOW         = var.desk_allow",
            'LAKSA_DESK_ALLOW         = "smtp://u:p@smtp.kota.example"'),
    Mistake("photos that are never gone", "erased_photos_go_soon", "kept",
            "gcp/storage.tf", "retention_duration_seconds = 604800", "retention_duration_seconds = 7776000"),
    Mistake("a target without an alert", "every_target_has_an_alert", "morning_digest",
            "gcp/alerts.tf", "= local.ticked\n", _ONLY_SWEEP),
    Mistake("sweeps that nobody misses", "what_must_be_told_is_told", "/swept",
            "gcp/alerts.tf", '${local.user}/swept', '${local.user}/mail_failed'),
    Mistake("an alert that nobody can read up", "every_alert_stands_in_the_runbook", "gremlins",
            "gcp/alerts.tf", ": dead letters", ": gremlins"),
    Mistake("a request log that is kept", "no_request_log_is_kept", "Frequests",
            "gcp/logs.tf", "run.googleapis.com%2Frequests", "run.googleapis.com%2Fstdout"),
    Mistake("a balancer that logs", "no_request_log_is_kept", "balancer logs",
            "gcp/edge.tf", "enable = false", "enable = true", "besar"),
    Mistake("a goal without a measure", "metrics_stand_in_their_place", "mail_seconds",
            "gcp/metrics.tf", '"laksa/mail_seconds"', '"laksa/mail_minutes"'),
    Mistake("a measure that nobody looks at", "metrics_stand_in_their_place", "nobody reads",
            "gcp/dashboard.tf", "${local.user}/broken", "${local.user}/swept"),
    Mistake("a count of words that nobody writes", "metrics_count_what_the_code_writes", "laksa/swept counts []",
            "gcp/metrics.tf", '=\\"swept\\"', '=\\"sweep done\\"'),
    Mistake("a measure from a field that is not there", "metrics_count_what_the_code_writes", "mail_seconds",
            "gcp/metrics.tf", "AND jsonPayload.seconds>=0", "AND jsonPayload.milliseconds>=0"),
    Mistake("a path that leads elsewhere", "every_path_leads_to_its_function", "health",
            "gcp/edge.tf", "page[route_rules.value].id", 'page["health"].id', "besar"),
    Mistake("two functions for one path", "no_two_functions_share_a_path", "health",
            "topology.yaml", '["/sehat", "/healthz"]', '["/sehat", "/healthz", "/surat-masuk"]', "besar"),
    Mistake("a page without a guard", "the_edge_guards_and_says_its_name", "no limit",
            "gcp/armor.tf", '"throttle"', '"allow"', "besar"),
)  # fmt: skip
