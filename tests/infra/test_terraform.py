"""The Terraform reads well: formatted, valid, and a file of variables that cannot be right is refused in words."""

from __future__ import annotations
from pathlib import Path

import pytest

from tests.infra.planning import QUIET, ROOT, copy_of_infra, terraform

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("set_up")]
FOLDER = ROOT / "infra" / "gcp"


def test_it_is_formatted() -> None:
    ((status, unformatted, _),) = terraform([str(FOLDER), "fmt", "-check", "-recursive"])
    assert (status, unformatted) == (0, "")


def test_it_is_valid_and_its_variables_are_checked(tmp_path: Path) -> None:
    folder = str(copy_of_infra(tmp_path) / "gcp")
    Path(folder, "terraform.tfvars.json").unlink()
    commands = (["validate", "-no-color"], ["init", "-no-color", "-backend=false"], ["test", "-no-color"])
    valid, _, tested = terraform(*[[folder, *command] for command in commands])
    assert valid[0] == 0, valid
    assert tested[0] == 0, tested
    assert "0 failed" in tested[1]


@pytest.mark.whole
def test_the_form_to_fill_in_is_all_that_is_needed_once_it_is_filled_in(tmp_path: Path) -> None:
    folder = copy_of_infra(tmp_path) / "gcp"
    (folder / "terraform.tfvars.json").unlink()
    form, key = (FOLDER / "terraform.tfvars.example").read_text("utf-8"), f'LAKSA_KEYS = "{"k" * 16}"'
    (folder / "empty.tfvars").write_text(form, "utf-8")
    (folder / "filled.tfvars").write_text(form.replace('LAKSA_KEYS = ""', key), "utf-8")
    command = [str(folder), "plan", f"-var=source_folder={ROOT}", *QUIET]
    filled, empty = terraform([*command, "-var-file=filled.tfvars"], [*command, "-var-file=empty.tfvars"])
    assert (filled[0], "undeclared" in filled[1] + filled[2]) == (0, False), filled[2]
    assert (empty[0], "LAKSA_KEYS: one key or several" in empty[2]) == (1, True), empty[2]


def test_nothing_of_a_city_lies_beside_it() -> None:
    assert not [path.name for path in FOLDER.rglob("*") if path.name.endswith((".tfstate", ".tfvars", ".lock.hcl"))]
