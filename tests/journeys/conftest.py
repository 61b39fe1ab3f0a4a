"""One running Laksa a stack and module; the journeys of a module share it as citizens share a city."""

from __future__ import annotations
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from functions.app.data_folder import IN_BACKUP, NOT_IN_BACKUP
from tests.journeys.city import City

STACKS = [pytest.param("embedded"), pytest.param("google", marks=pytest.mark.emulator)]

ON_ONE_STACK = {
    *("test_officer_acts", "test_danger", "test_desk", "test_data_requests", "test_desk_intake", "test_floods"),
    *("test_phone_only", "test_citizen_ends", "test_merging", "test_four_letters", "test_photos"),
    *("test_desk_table", "test_mail_bomb", "test_mailbox_check", "test_department_list"),
    *("test_ladder", "test_board", "test_reply_by_mail", "test_new_table", "test_logs", "test_erasing"),
}
"""`make test` runs them on the embedded stack alone: most promise words and rules. The contracts hold both stores
alike; a complaint's way from the form to its answer and two officers at once meet the emulators there, and
`tests/embedded/test_one_service.py` erases on them; the others in `make test-whole`."""
INBOUND = "rahasia antara kota dan penyedia email"
"""What a mail provider shows that hands on what comes in."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the second stack of most journeys to `make test-whole`."""
    for item in items:
        on_google = "google" in item.name.partition("[")[2].rstrip("]").split("-")
        if on_google and item.path.stem in ON_ONE_STACK:
            item.add_marker(pytest.mark.whole)


@pytest.fixture(scope="module", params=STACKS)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Laksa on one stack, started for the module."""
    yield from running(request, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="session", params=STACKS)
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Laksa on one stack, shared by all journeys in which days do not go by; it takes in mail."""
    if request.param == "embedded":
        yield request.getfixturevalue("village")
    else:
        yield from running(request, tmp_path_factory.mktemp("town"), {"LAKSA_INBOUND_SECRET": INBOUND})


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The embedded one, for what has nothing to do with the stack."""
    running = City(tmp_path_factory.mktemp("village"), env={"LAKSA_INBOUND_SECRET": INBOUND}).start()
    yield running
    assert running.stop() == 0


@pytest.fixture(autouse=True)
def minutes_apart(request: pytest.FixtureRequest) -> None:
    """In a shared city each journey begins minutes after the one before: more than ten letters of a kind to one office
    within ten minutes go out as a list, whichever journeys they are of.
    """
    for name in {"town", "village"} & set(request.fixturenames):
        request.getfixturevalue(name).later(minutes=4)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """An embedded one of the module's own, in which days may go by."""
    running = City(tmp_path_factory.mktemp("own")).start()
    yield running
    assert running.stop() == 0


def running(
    request: pytest.FixtureRequest, data: Path, env: dict[str, str] | None = None, begins: datetime | None = None
) -> Iterator[City]:
    """Laksa on the stack of the fixture's parameter, until the fixture ends."""
    if request.param == "google":
        request.getfixturevalue("firestore_emulator")
        request.getfixturevalue("pubsub_emulator")
    city = City(data, request.param, env, begins).start()
    yield city
    assert city.stop() == 0
    assert _unknown_in(data) == []


def _unknown_in(data: Path) -> list[str]:
    """What a city has left in its data folder and nobody has decided about: does a backup need it?"""
    known = (*IN_BACKUP, *NOT_IN_BACKUP, "host.log")
    return [file.name for file in data.iterdir() if not file.name.startswith(known)]
