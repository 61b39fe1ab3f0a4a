"""One host a folder; a command that sends letters beside it is waited for, and a dead process holds nothing."""

from __future__ import annotations
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from infra.embedded.host_lock import acquire_host_lock, lock_beside_host, share_host_lock
from workflows.failures import StoreUnavailable

HOLD = """
import sys, time
from pathlib import Path
from infra.embedded.host_lock import acquire_host_lock, share_host_lock
held = acquire_host_lock(Path(sys.argv[1]))
share_host_lock(held)
print("in", flush=True)
time.sleep(60)
"""


def test_a_second_host_on_the_same_folder_is_refused_by_name(tmp_path: Path) -> None:
    with acquire_host_lock(tmp_path) as file:
        share_host_lock(file)
        with pytest.raises(StoreUnavailable, match="another Laksa"):
            acquire_host_lock(tmp_path, patience=0)


def test_a_host_that_was_killed_leaves_the_folder_free(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "in\n"
    process.kill()
    process.wait(10)
    process.stdout.close()
    acquire_host_lock(tmp_path).close()


def test_a_command_may_send_beside_a_running_host(tmp_path: Path) -> None:
    with acquire_host_lock(tmp_path) as file:
        share_host_lock(file)
        with lock_beside_host(tmp_path):
            pass


def test_a_starting_host_waits_until_the_command_is_done(tmp_path: Path) -> None:
    order: list[str] = []

    def start() -> None:
        acquire_host_lock(tmp_path, patience=30).close()
        order.append("host")

    with lock_beside_host(tmp_path):
        host = threading.Thread(target=start)
        host.start()
        order.append("command")
    host.join(30)
    assert order == ["command", "host"]
