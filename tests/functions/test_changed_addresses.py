"""A mailbox that a table changes: named before, and told to whoever read the old one."""

from __future__ import annotations
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from tests.builders import complaint, held
from tests.functions.tables_sent import FILES, JSON, applied, ask, check, form_of, send, text
from tests.workflows.world import World
from workflows.domain.complaint.model import State
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.notice import Notice
from workflows.routing.stored import current_version
from workflows.tables import change
from workflows.tables.versions import put_into_force, take_back

pytestmark = pytest.mark.slow

CITY = "dlh@kota.example", "kepala.dlh@kota.example"
OFFICES, HEARINGS = "departments.csv", "conflicts.csv"
COMMAND_ONLY = "hanya lewat perintah `laksa routing import` oleh pengelola sistem"


def offices(code: str, mailbox: str, head: str = "", text: str = FILES[OFFICES]) -> str:
    """departments.csv with those addresses of one department."""
    lines = [line.split(",") for line in text.splitlines()]
    return "".join(
        ",".join([*cells[:5], mailbox, head, *cells[7:]] if cells[0] == code else cells) + "\n" for cells in lines
    )


def letters(world: World) -> list[Notice]:
    return [notice for notice in world.notices() if notice.template == NoticeName.ADDRESS_CHANGED]


def imported(tmp_path: Path, **files: str) -> int:
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    return main(["routing", "import", *(str(tmp_path / f"{name}.csv") for name in files)])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (OFFICES, offices("INSPEKTORAT", "jahat@kota.example")),
        (OFFICES, offices("INSPEKTORAT", "", "jahat@kota.example")),
        (OFFICES, FILES[OFFICES] + "SEKDA,Sekretaris Daerah,Sekda,office,Sekda,jahat@kota.example,,,,\n"),
        (OFFICES, FILES[OFFICES] + "WALIKOTA,Wali Kota,Wali Kota,office,Wali Kota,jahat@kota.example,,,,\n"),
        (OFFICES, FILES[OFFICES] + "DESK,Meja operator,Meja,office,Meja,jahat@kota.example,,,,\n"),
        ("units.csv", FILES["units.csv"] + "IRBAN,INSPEKTORAT,Irban I,Irban I,bidang,Irban,jahat@kota.example,\n"),
        (HEARINGS, FILES[HEARINGS].replace("DINKES|SETDA", "SETDA")),
        ("categories.csv", FILES["categories.csv"].replace("INSPEKTORAT,,yes", "INSPEKTORAT,DLH,yes")),
    ],
)
def test_the_board_may_not_turn_restricted_reports_elsewhere(laksa: World, name: str, content: str) -> None:
    assert content != FILES[name]
    answer = check(laksa, (name, content))
    assert (answer.status_code, COMMAND_ONLY in text(answer)) == (422, True)
    assert "apply" not in text(answer)
    assert check(laksa, (name, content), accept=JSON).get_json()["version"] is None


def test_what_was_checked_before_does_not_put_an_old_address_back(laksa: World, tmp_path: Path) -> None:
    sent = form_of(text(check(laksa, (OFFICES, offices("DLH", *CITY)))), "apply")
    assert imported(tmp_path, departments=offices("INSPEKTORAT", "i@kota.example")) == 0
    held = current_version(laksa.store).version
    answer = send(laksa, **(sent | {"seen": held}))
    assert (answer.status_code, "oleh pengelola sistem" in text(answer)) == (409, True)
    answer = send(laksa, **form_of(text(ask(laksa)), "rollback"))
    assert (answer.status_code, "oleh pengelola sistem" in text(answer)) == (409, True)
    assert current_version(laksa.store).version == held
    assert main(["routing", "rollback"]) == 0


def test_two_presses_at_once_take_back_once(laksa: World, monkeypatch: pytest.MonkeyPatch) -> None:
    applied(laksa, (OFFICES, offices("DLH", *CITY)))
    sent = form_of(text(ask(laksa)), "rollback")

    def twice(*args: Any) -> str | None:
        assert take_back(*args) == ""
        return take_back(*args)

    monkeypatch.setattr(change, "take_back", twice)
    assert send(laksa, **sent).status_code == 303
    assert current_version(laksa.store).version == ""


def test_a_table_that_went_as_it_came_is_told_to_nobody(laksa: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "BARU,Dinas Baru,Baru,dinas,Kepala Dinas Baru,,,,,\n"
    applied(laksa, (OFFICES, FILES[OFFICES] + row))
    sent = form_of(text(check(laksa, (OFFICES, offices("DLH", *CITY)))), "apply")

    def meanwhile(*args: Any) -> str:
        laksa.put(complaint(State.ASSIGNED, assignment=replace(held("DLH"), opd="BARU")))
        return put_into_force(*args)

    monkeypatch.setattr(change, "put_into_force", meanwhile)
    assert send(laksa, **sent).status_code == 409
    assert letters(laksa) == []
