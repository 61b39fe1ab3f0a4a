"""Plans of infra/gcp, made by the real Terraform in a copy of it, without an account and without a network."""

from __future__ import annotations
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.topology import Topology, read_topology

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv" / "infra" / "bin" / "python"
READ_BESIDE = ("topology.yaml", "firestore.indexes.json")
SIZES = ("kecil", "besar")
PROJECT = "kota"
VARIABLES = {
    "project": PROJECT,
    "url": "https://laksa.kota.example",
    "mail_from": "laksa@kota.example",
    "alert_email": "ops@kota.example",
    "secret_values": {
        "LAKSA_KEYS": "k" * 16,
        "SMTP_URL": "smtp://u:p@smtp.kota.example:587",
        "LAKSA_INBOUND_SECRET": "i",
    },
    "secret_versions": {"LAKSA_KEYS": 1, "SMTP_URL": 1, "LAKSA_INBOUND_SECRET": 1},
    "billing_account": "000000-000000-000000",
    "source_folder": str(ROOT),
}
QUIET = ["-no-color", "-input=false", "-lock=false", "-refresh=false"]
Answer = tuple[int, str, str]
Edit = Callable[[Path], None]
"""A change of a copy, given the folder that is its infra/."""


@dataclass(frozen=True)
class Planned:
    """What Terraform would make: values by type and address, and the topology it was made from."""

    size: str
    resources: tuple[dict[str, Any], ...]
    topology: Topology

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The values of each resource of a type."""
        return [resource["values"] for resource in self.resources if resource["type"] == kind]


def terraform(*commands: list[str]) -> list[Answer]:
    """Run commands, each beginning with its folder: status, output and complaints of each."""
    command = [str(PYTHON), "-m", "tests.infra.stub.terraform"]
    told, env = json.dumps(commands), _environment()
    done = subprocess.run(command, input=told, capture_output=True, text=True, cwd=ROOT, env=env, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return [(status, out, err) for status, out, err in json.loads(done.stdout)]


def plan(cases: Mapping[str, tuple[str, Edit]]) -> dict[str, Planned | str]:
    """The plan of each case, a size and what is edited in its copy first; or what Terraform said against it.

    All in one process: to start one takes as long as to plan.
    """
    with ExitStack() as stack:
        folders = {name: Path(stack.enter_context(tempfile.TemporaryDirectory())) for name in cases}
        for name, (_, edit) in cases.items():
            edit(copy_of_infra(folders[name]))
        told = [command for name, (size, _) in cases.items() for command in planning(folders[name] / "infra", size)]
        answers = terraform(*told)
        return {
            name: _read(size, folders[name], *answers[2 * number : 2 * number + 2])
            for number, (name, (size, _)) in enumerate(cases.items())
        }


def nothing_edited(infra: Path) -> None:
    """The copy stays as it is."""


def copy_of_infra(folder: Path) -> Path:
    """A copy without the backend, for there is no bucket here; the variables of a made-up city with it."""
    infra = folder / "infra"
    shutil.copytree(ROOT / "infra" / "gcp", infra / "gcp", ignore=shutil.ignore_patterns("backend.tf", ".terraform*"))
    for name in READ_BESIDE:
        shutil.copy(ROOT / "infra" / name, infra / name)
    (infra / "gcp" / "terraform.tfvars.json").write_text(json.dumps(VARIABLES), "utf-8")
    return infra


def planning(infra: Path, size: str) -> list[list[str]]:
    """The two commands that plan a size in a copy and show the plan as JSON."""
    gcp = str(infra / "gcp")
    return [[gcp, "plan", f"-var=size={size}", "-out=made.plan", *QUIET], [gcp, "show", "-json", "made.plan"]]


def _read(size: str, folder: Path, planned: Answer, shown: Answer) -> Planned | str:
    if planned[0] or shown[0]:
        return planned[2] or shown[2]
    resources = json.loads(shown[1])["planned_values"]["root_module"]["resources"]
    return Planned(size, tuple(resources), read_topology(folder / "infra" / "topology.yaml"))


def _environment() -> dict[str, str]:
    """Nothing of a machine's own Terraform or Google account."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "GOOGLE_"))}
