"""What is kept: closed to the public, in the region, with a way back, and no longer than it should be."""

from __future__ import annotations
import json
import re
from typing import Any

from tests.infra.planning import ROOT, Planned

REGION = "asia-southeast2"
EVERYBODY = ("allUsers", "allAuthenticatedUsers")


def no_public_bucket(plan: Planned) -> list[str]:
    """No bucket can be opened to everybody, and none is."""
    buckets = [
        bucket["name"]
        for bucket in plan.of("google_storage_bucket")
        if bucket["public_access_prevention"] != "enforced" or not bucket["uniform_bucket_level_access"]
    ]
    members = [m["bucket"] for m in plan.of("google_storage_bucket_iam_member") if m["member"] in EVERYBODY]
    return [f"{name} can be public" for name in buckets] + [f"{name} is public" for name in members]


def indexes_are_those_declared(plan: Planned) -> list[str]:
    """Composite ones and overrides, from the file that both stores are checked against; and no other."""
    declared = json.loads((ROOT / "infra" / "firestore.indexes.json").read_text("utf-8"))
    wanted = {_index(i["collectionGroup"], i["fields"], "fieldPath") for i in declared["indexes"]}
    found = {_index(i["collection"], i["fields"], "field_path") for i in plan.of("google_firestore_index")}
    fields = {f"{f['collectionGroup']}.{f['fieldPath']}" for f in declared["fieldOverrides"]}
    overridden = {f"{f['collection']}.{f['field']}" for f in plan.of("google_firestore_field")}
    return [f"not the same on both sides: {name}" for name in sorted((wanted ^ found) | (fields ^ overridden))]


def only_submissions_run_out_by_themselves(plan: Planned) -> list[str]:
    """Firestore's own TTL would take a document and leave what hangs on it."""
    ttl = {f["collection"] for f in plan.of("google_firestore_field") if f["ttl_config"]}
    return [] if ttl == {"submissions"} else [f"TTL is on {sorted(ttl)}"]


def the_database_can_be_put_back(plan: Planned) -> list[str]:
    """Every minute of a week, daily copies no older than the record says, no deleting by mistake."""
    (database,), (daily,) = plan.of("google_firestore_database"), plan.of("google_firestore_backup_schedule")
    wanted = {
        "type": "FIRESTORE_NATIVE",
        "location_id": REGION,
        "point_in_time_recovery_enablement": "POINT_IN_TIME_RECOVERY_ENABLED",
        "delete_protection_state": "DELETE_PROTECTION_ENABLED",
    }
    said = re.search(r"\| cadangan \|.*paling lama \[(\d+) hari\]", (ROOT / "docs/privacy/ropa.md").read_text("utf-8"))
    longest = int(said.group(1)) if said else 0
    kept = int(daily["retention"][:-1]) // 86400
    wrong = [f"{name} is {database[name]}" for name, value in wanted.items() if database[name] != value]
    return wrong + ([] if daily["daily_recurrence"] and 7 <= kept <= longest else [f"backups of {kept} days"])


def clients_are_denied_everything(plan: Planned) -> list[str]:
    """The one rule of the database says no."""
    (ruleset,), (release,) = plan.of("google_firebaserules_ruleset"), plan.of("google_firebaserules_release")
    allowed = re.findall(r"allow [^;]*;", ruleset["source"][0]["files"][0]["content"])
    wrong = [] if allowed == ["allow read, write: if false;"] else [f"rules: {allowed}"]
    return wrong + ([] if release["name"] == "cloud.firestore/laksa" else [f"rules are for {release['name']}"])


def everything_stays_in_the_region(plan: Planned) -> list[str]:
    """Data, messages, secrets, logs and services, wherever Google lets one choose."""
    wrong = [f"{r['address']}: {where}" for r in plan.resources if (where := _place(r["values"])) not in (None, REGION)]
    for secret in plan.of("google_secret_manager_secret"):
        replicas = [r["location"] for r in secret["replication"][0]["user_managed"][0]["replicas"]]
        wrong += [] if replicas == [REGION] else [f"{secret['secret_id']}: {replicas}"]
    for topic in plan.of("google_pubsub_topic"):
        allowed = topic["message_storage_policy"][0]["allowed_persistence_regions"]
        wrong += [] if allowed == [REGION] else [f"{topic['name']}: {allowed}"]
    return wrong


def no_secret_is_in_the_plan(plan: Planned) -> list[str]:
    """Values are handed on and kept nowhere; only their versions are."""
    text = json.dumps(plan.resources)
    return [f"the plan holds {value}" for value in ("smtp://u:p", '"secret_data": "') if value in text]


def erased_photos_go_soon(plan: Planned) -> list[str]:
    """No versions, a short time of grace, and a net under what the sweep deletes."""
    photos = next(b for b in plan.of("google_storage_bucket") if b["name"].endswith("-photos"))
    ages = [rule["condition"][0]["age"] for rule in photos["lifecycle_rule"]]
    soft = photos["soft_delete_policy"][0]["retention_duration_seconds"]
    kept = [] if not photos["versioning"] and soft <= 7 * 86400 else [f"kept: {photos['versioning']}, {soft}"]
    return kept + ([] if ages and all(ages) else ["no lifecycle"])


def _place(values: dict[str, Any]) -> str | None:
    return values.get("location") or values.get("region") or values.get("location_id")


def _index(collection: str, fields: list[dict[str, str]], path: str) -> str:
    return " ".join([collection, *(f"{field[path]}:{field['order']}" for field in fields)])
