"""What the code really writes to its log where something is counted: `python -m tests.infra.written FOLDER`."""

from __future__ import annotations
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import Request, Response
from werkzeug.test import EnvironBuilder

from functions.app.logging import set_up
from functions.schedule import sweep
from functions.web.middleware import http_endpoint
from tests.inbound.samples import raw_bounce
from tests.log_lines import Line, lines_of
from tests.workflows.world import INDEXES, World
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.sqlite import SqliteStore
from workflows.failures import MailRefused
from workflows.mail import inbound_mail

ROOT = Path(__file__).parents[2]


@cache
def written() -> tuple[Line, ...]:
    """The lines of a sweep, of letters that are sent, refused and sent back, and of an error nobody foresaw."""
    command = [sys.executable, "-m", "tests.infra.written"]
    with tempfile.TemporaryDirectory() as folder:
        env = {"PATH": os.environ["PATH"], "LAKSA_DATA": folder}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return tuple(lines_of(done.stderr))


def main() -> int:
    """Live through it in LAKSA_DATA, on the embedded stack."""
    set_up(project="kota")
    _call(sweep)
    _letters(Path(os.environ["LAKSA_DATA"]))
    _call(_broken())
    return 0


def _call(function: Callable[[Request], object]) -> None:
    function(Request(EnvironBuilder(path="/", method="POST", json={}).get_environ()))


def _broken() -> Callable[[Request], Response]:
    @http_endpoint("/")
    def broken(request: Request) -> Response:
        raise ZeroDivisionError

    return broken


def _letters(folder: Path) -> None:
    """Those of one report are taken, and one comes back; those of the next are refused."""
    world = World(SqliteStore(folder / "letters.db", INDEXES), photos=PhotoFolder(folder / "photos"))
    world.submit()
    world.work()
    inbound_mail.take_in(world.services, raw_bounce("postfix.eml", world.postman.mails[0].envelope_from))
    world.work()
    world.postman.troubles = [MailRefused("550 no such mailbox")] * 2
    world.submit()
    world.work()
    world.store.close()


if __name__ == "__main__":
    sys.exit(main())
