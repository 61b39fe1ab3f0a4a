"""Write google_schema.json anew from PyPI's CDK bindings (130 MB): `python -m tests.infra.stub.rebuild_schema`."""

from __future__ import annotations
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tests.infra.stub.read_bindings import read_binding

FILE = Path(__file__).with_name("google_schema.json")
VERSION = "21.1.0"
"""Of the bindings; they carry the schemas of version 8.7.0 of both providers."""
GOOGLE = (
    "artifact-registry-repository", "artifact-registry-repository-iam-member", "billing-budget",
    "cloud-run-v2-service", "cloud-run-v2-service-iam-member", "cloud-scheduler-job", "compute-address",
    "compute-backend-service", "compute-global-address", "compute-global-forwarding-rule",
    "compute-managed-ssl-certificate", "compute-network", "compute-region-network-endpoint-group",
    "compute-router",
    "compute-router-nat", "compute-security-policy", "compute-ssl-policy", "compute-subnetwork",
    "compute-target-http-proxy", "compute-target-https-proxy", "compute-url-map", "data-google-project",
    "firebaserules-release", "firebaserules-ruleset", "firestore-backup-schedule", "firestore-database",
    "firestore-field", "firestore-index", "logging-metric", "logging-project-bucket-config",
    "logging-project-sink",
    "monitoring-alert-policy", "monitoring-custom-service", "monitoring-dashboard",
    "monitoring-notification-channel", "monitoring-slo", "monitoring-uptime-check-config", "project-iam-member",
    "project-service", "pubsub-subscription", "pubsub-subscription-iam-member", "pubsub-topic",
    "pubsub-topic-iam-member", "secret-manager-secret", "secret-manager-secret-iam-member",
    "secret-manager-secret-version",
    "service-account",
    "service-account-iam-member", "storage-bucket", "storage-bucket-iam-member",
)  # fmt: skip
BETA = ("google-project-service-identity",)


def main() -> None:
    """Download, read, write."""
    schemas = {
        "google": read_package("cdktn-provider-google", GOOGLE),
        "google-beta": read_package("cdktn-provider-google-beta", BETA),
    }
    FILE.write_text(_one_line_each(schemas), "utf-8")


def read_package(package: str, folders: tuple[str, ...]) -> dict[str, Any]:
    """The schemas under "resource" and "data" of those folders of a binding."""
    found: dict[str, Any] = {"resource": {}, "data": {}}
    for folder, source in _sources(package, folders).items():
        kind, schema = read_binding(source)
        found["data" if folder.startswith("data-") else "resource"][kind] = schema
    return found


def _sources(package: str, folders: tuple[str, ...]) -> dict[str, str]:
    wanted: dict[str, list[str]] = {folder: [] for folder in folders}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, f"{package}=={VERSION}"]
        subprocess.run(command, check=True)
        wheel = zipfile.ZipFile(next(Path(folder).glob("*.whl")))
        inner = next(name for name in wheel.namelist() if name.endswith(".jsii.tgz"))
        with tarfile.open(fileobj=io.BytesIO(wheel.read(inner))) as archive:
            for member in archive:
                parts = member.name.split("/")
                if member.name.endswith(".js") and parts[2] in wanted and (file := archive.extractfile(member)):
                    wanted[parts[2]].append(file.read().decode())
    return {folder: "\n".join(sources) for folder, sources in wanted.items()}


def _one_line_each(schemas: dict[str, Any]) -> str:
    """JSON with a line for each resource, so that a new version of the provider reads as a difference."""
    providers = []
    for provider, parts in schemas.items():
        inner = []
        for part, entries in parts.items():
            lines = [f"   {json.dumps(name)}: {_compact(entries[name])}" for name in sorted(entries)]
            inner.append(f"  {json.dumps(part)}: {{\n" + ",\n".join(lines) + "\n  }")
        providers.append(f" {json.dumps(provider)}: {{\n" + ",\n".join(inner) + "\n }")
    return "{\n" + ",\n".join(providers) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


if __name__ == "__main__":
    main()
