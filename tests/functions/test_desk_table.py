"""`/papan/<token>/tabel`: a table that was checked is put into force as it was shown, and taken back."""

from __future__ import annotations
from dataclasses import replace
from typing import Any

import pytest

from functions.app.container import container
from tests.builders import complaint, held
from tests.functions.tables_sent import FILES, JSON, LAMPS, LEAVE, applied, ask, check, form_of, posted, send, text
from tests.functions.test_desk_board import token
from tests.workflows.world import World
from workflows.collection_names import ROUTING
from workflows.domain.complaint.model import State
from workflows.ports import Query
from workflows.routing.stored import current_version, version_of
from workflows.tables import change
from workflows.tables.trial import PREPARED_LIFETIME
from workflows.tables.versions import put_into_force

pytestmark = pytest.mark.slow


def test_before_any_upload_the_board_alone_reads_the_shipped_table(laksa: World) -> None:
    page = text(ask(laksa))
    assert "Tabel bawaan Laksa" in page and "Kembalikan" not in page
    assert all(f'href="/papan/{token(laksa)}/tabel?berkas={name}"' in page for name in FILES)
    told = ask(laksa, accept=JSON).get_json()
    assert (told["version"], told["shipped"], told["before"]) == (version_of(FILES), True, [])
    assert {file["name"] for file in told["files"]} == set(FILES)
    assert ask(laksa, link="x").status_code == 403
    assert ask(laksa, link=token(laksa, hours=0)).status_code == 410
    assert send(laksa, action="check", link=laksa.token()).status_code == 403


def test_a_taken_back_version_is_not_taken_back_further_by_an_old_page(laksa: World) -> None:
    applied(laksa, ("categories.csv", LAMPS))
    second = applied(laksa, ("holidays.csv", LEAVE))
    back = form_of(text(ask(laksa)), "rollback")
    assert back["version"] == second
    for _ in range(3):
        assert send(laksa, **back).status_code == 303
    assert current_version(laksa.store).version == back["to"]
    applied(laksa, ("slang.csv", FILES["slang.csv"] + "lmpuu,lampu\n"))
    answer = send(laksa, **back)
    assert (answer.status_code, "tabel lain diberlakukan" in text(answer)) == (409, True)


def test_two_operators_at_once_no_one_undoes_the_other_unread(laksa: World) -> None:
    first = form_of(text(check(laksa, ("categories.csv", LAMPS))), "apply")
    second = form_of(text(check(laksa, ("holidays.csv", LEAVE))), "apply")
    assert send(laksa, **first).status_code == 303
    answer = send(laksa, **second)
    assert (answer.status_code, "tabel lain diberlakukan; periksa lagi" in text(answer)) == (409, True)
    problem = send(laksa, **second, accept=JSON)
    assert (problem.status_code, problem.get_json()["title"]) == (409, "Tabel tidak berubah")
    assert current_version(laksa.store).version == first["version"]


def test_what_was_checked_is_kept_for_a_day_and_cleared_away_by_the_next(laksa: World) -> None:
    old = form_of(text(check(laksa, ("categories.csv", LAMPS))), "apply")
    laksa.clock.wait(seconds=PREPARED_LIFETIME.total_seconds())
    answer = send(laksa, **old)
    assert (answer.status_code, "tidak tersimpan lagi" in text(answer)) == (409, True)
    laksa.clock.wait(seconds=1)
    check(laksa, ("holidays.csv", LEAVE))
    assert len(laksa.store.query(Query(ROUTING))) == 1


@pytest.mark.parametrize("version", ["abc", "current", "0" * 12, "prepared.x", "²" * 12])
def test_a_version_that_nobody_checked_is_not_put_into_force(laksa: World, version: str) -> None:
    assert send(laksa, action="apply", version=version, seen="").status_code == 409
    assert current_version(laksa.store).version == ""


def test_an_office_that_gets_a_case_meanwhile_is_not_dropped(laksa: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "BARU,Dinas Baru,Baru,dinas,Kepala Dinas Baru,,,,,\n"
    applied(laksa, ("departments.csv", FILES["departments.csv"] + row))
    sent = form_of(text(check(laksa, ("departments.csv", FILES["departments.csv"]))), "apply")
    before = container().in_force.texts

    def meanwhile(*args: Any) -> str:
        laksa.put(complaint(State.ASSIGNED, assignment=replace(held("DLH"), opd="BARU")))
        return put_into_force(*args)

    monkeypatch.setattr(change, "put_into_force", meanwhile)
    answer = send(laksa, **sent)
    assert (answer.status_code, "BARU (1)" in text(answer)) == (409, True)
    assert container().in_force.texts == before and "BARU" in container().directory.departments


def test_an_unreadable_version_before_is_told_and_nothing_changes(laksa: World) -> None:
    first = applied(laksa, ("categories.csv", LAMPS))
    second = applied(laksa, ("holidays.csv", LEAVE))
    laksa.store.transact(lambda tx: tx.update(ROUTING, first, {"blob": b"x"}))
    answer = send(laksa, **form_of(text(ask(laksa)), "rollback"))
    assert (answer.status_code, "tidak bisa dipakai lagi" in text(answer)) == (409, True)
    assert current_version(laksa.store).version == second


def test_a_script_checks_puts_into_force_and_takes_back_by_json(laksa: World) -> None:
    told = check(laksa, ("categories.csv", LAMPS), accept=JSON).get_json()
    assert told["changes"] == [{"file": "categories.csv", "added": 1, "removed": 1, "reordered": False}]
    fields = {"action": "apply", "version": told["version"], "seen": told["seen"]}
    assert posted(laksa, fields)["version"] == told["version"]
    assert posted(laksa, {"action": "rollback", "version": told["version"]})["shipped"] is True
