"""The city that was recorded lives again: every answer, mail and document is the same, byte for byte.

Where a change is meant to be noticed outside: `python -m tests.recorded.record`, and read the difference.
"""

from __future__ import annotations
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.recorded.compare import differences
from tests.recorded.record import CITY, RELEASE, read
from tests.recorded.seam import COMPLAINTS, complaint_again, decode_document, event_names, paths_of, put_documents
from tests.recorded.town import Town, town

ROOT = Path(__file__).parents[2]
STATES = {
    *("received", "at_desk", "assigned", "in_progress", "waiting_for_citizen", "scheduled", "answered", "closed"),
    *("rejected", "external", "merged", "withdrawn"),
}
BY_ITS_READER = {
    **dict.fromkeys(("restricted_citizen", "restricted_office"), "any notice of a restricted complaint"),
    "moved_on_citizen": "what becomes of a notice that was overtaken",
    "followed": "how followers read a notice of the complaint they follow",
}
"""Templates that no stored notice names, and when they are chosen instead."""
NOT_RECORDED = {
    "address_changed": "needs another routing table; see tests/functions/test_changed_addresses.py",
    "moved_on_office": "needs a mail that waited for a broken server until its complaint went elsewhere",
}
"""Templates of which the recording has no mail, and why."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def recorded() -> list[Any]:
    """The recording, a line each."""
    return read(CITY)


def test_the_city_says_and_stores_what_it_did_when_it_was_recorded(tmp_path: Path, recorded: list[Any]) -> None:
    again = tmp_path / "again.jsonl.gz"
    command = [sys.executable, "-m", "tests.recorded.record", "--out", str(again)]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = differences(recorded, read(again))
    assert not told, "\n".join(["the city is not what it was:", *told])


def test_the_recording_holds_every_state_and_every_event(recorded: list[Any]) -> None:
    shown = {line["json"].get("status") for line in recorded if isinstance(line.get("json"), dict)}
    assert STATES - shown == set()
    events = {document["event"] for collection, document in stored(recorded) if collection.endswith("/timeline")}
    assert event_names() - events == set()


def test_the_recording_holds_a_mail_of_every_template(recorded: list[Any]) -> None:
    files = (ROOT / "templates" / "emails").glob("*.jinja")
    wanted = {file.stem for file in files if not file.name.startswith("_")} - {*BY_ITS_READER, *NOT_RECORDED}
    assert (
        wanted - {document["template"] for collection, document in stored(recorded) if collection == "notices"} == set()
    )


def stored(recorded: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Collection and document of each that the city stored."""
    for line in recorded:
        if "document" in line:
            yield line["document"][0], decode_document(line["document"][2])


@pytest.fixture(scope="module")
def release() -> list[tuple[str, str, dict[str, Any]]]:
    """What release 0.1 stored: collection, id, document."""
    return [(collection, id, decode_document(body)) for collection, id, body in read(RELEASE)]


def test_each_complaint_of_release_0_1_is_written_back_unchanged(release: list[Any]) -> None:
    for collection, id, document in release:
        if collection == COMPLAINTS:
            assert complaint_again(document) == document | {"schema": 1}, id


def test_a_store_of_release_0_1_is_read_and_lives_on(release: list[Any], tmp_path: Path) -> None:
    with town(tmp_path) as place:
        put_documents(release)
        complaints = [document for collection, _, document in release if collection == COMPLAINTS]
        place.clock.jump_to(max(document["updated_at"] for document in complaints))
        for document in complaints:
            read_everywhere(place, document)
        board = paths_of(complaints[0], place.clock.now())["board"]
        assert len(place.page(board)["cases"]) == len([d for d in complaints if d.get("board")])
        place.clock_to(place.clock.now() + timedelta(hours=12))
        for days in (4, 11, 12, 13):
            for name in ("sweep", "morning_digest", "sweep"):
                place.tick(name, place.clock.now() + timedelta(days=days / 3))
        assert [line for line in place.lines if line.get("status", 200) >= 500] == []
        assert place.bus.failed == []


def read_everywhere(place: Town, document: dict[str, Any]) -> None:
    """The pages of its citizen, of its department and of the desk, as JSON; those that are open to each."""
    paths = paths_of(document, place.clock.now())
    citizen = place.ask("GET", paths["citizen"])
    assert citizen.status_code == 200, document["ticket"]
    if document["state"] != "merged":
        assert citizen.get_json()["status"] == document["state"]
    office, desk = place.ask("GET", paths["department"]), place.ask("GET", paths["desk"])
    if document["assignment_opd"]:
        assert office.get_json()["department"]["code"] == document["assignment_opd"]
    if document.get("board"):
        assert desk.get_json()["status"] == "at_desk"
