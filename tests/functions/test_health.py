"""`/sehat` tells whether the store answers, whether the sweep runs, and which years have no decree yet."""

from __future__ import annotations
import os
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Response

from functions.app.container import container
from functions.health import health
from tests.builders import wib
from tests.functions.requests import get
from tests.workflows.world import World

SWEPT = "2026-07-06T09:00:00+07:00"


def ask() -> tuple[int, dict[str, Any]]:
    answer = health(get("/sehat"))
    assert isinstance(answer, Response)
    return answer.status_code, answer.get_json()


def test_before_the_first_sweep_all_is_well(laksa: World) -> None:
    assert ask() == (200, {"status": "ok", "last_sweep": None})


@pytest.mark.parametrize(("minutes", "late"), [(0, {}), (20, {}), (21, {"sweep_late": True})])
def test_a_sweep_over_twenty_minutes_ago_is_late(laksa: World, minutes: int, late: dict[str, bool]) -> None:
    laksa.tick()
    laksa.clock.wait(minutes=minutes)
    assert ask() == (200, {"status": "ok", "last_sweep": SWEPT, **late})


def test_a_store_that_does_not_answer_is_503(laksa: World) -> None:
    laksa.store.close()
    status, told = ask()
    assert (status, told["status"]) == (503, "store does not answer")


FULL, READ_ONLY = {"f_bavail": 1}, {"f_flag": os.ST_RDONLY}


@pytest.mark.parametrize("disk", [FULL, READ_ONLY])
def test_a_disk_that_takes_no_more_is_503_though_the_store_answers(
    laksa: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, disk: dict[str, int]
) -> None:
    real = os.statvfs(container().folder)
    told = SimpleNamespace(f_bavail=2**40, f_frsize=real.f_frsize, f_flag=0)
    told.__dict__.update(disk)
    monkeypatch.setattr(os, "statvfs", lambda folder: told)
    status, answer = ask()
    assert (status, answer) == (503, {"status": "disk is full"})
    assert [record.message for record in caplog.records] == ["disk is full"]


def test_a_year_without_a_decree_is_named_and_all_is_well(laksa: World) -> None:
    laksa.clock.go_to(wib("2027-11-01 09:00"))
    laksa.tick()
    status, told = ask()
    assert (status, told["status"], told["undecreed_years"]) == (200, "ok", [2028])
