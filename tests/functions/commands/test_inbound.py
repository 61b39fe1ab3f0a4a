"""`laksa inbound FILE`: a mail is taken in and read at once, and one line says what came of it."""

from __future__ import annotations
import io
import json
from pathlib import Path

import pytest

from cli.main import main
from tests.builders import MONDAY, TICKET, complaint
from tests.workflows.world import World
from workflows.adapters.clocks import JumpClock
from workflows.collection_names import NOTICES
from workflows.domain.complaint.model import State
from workflows.domain.notifications.notice import Notice, NoticeState

Captured = pytest.CaptureFixture[str]
ID = f"{TICKET}.1.new_case.department"


@pytest.fixture
def reply(laksa: World, tmp_path: Path) -> Path:
    """An officer's reply to a letter that went out, as a file."""
    from functions.app.container import container

    laksa.put(complaint(State.ASSIGNED))
    letter = Notice(ID, TICKET, 1, "new_case", "department", "DLH", 1, state=NoticeState.SENT, created_at=MONDAY)
    laksa.store.transact(lambda tx: tx.create(NOTICES, ID, letter.to_document()))
    file = tmp_path / "balasan.eml"
    to = f"balas+{container().links.mail_key('reply', ID)}@laksa.example"
    file.write_text(f"From: Budi <budi@opd.example>\nTo: {to}\nMessage-ID: <1@opd.example>\n\nSudah diangkut.\n")
    container().clock = JumpClock(tmp_path / "clock.json")
    return file


def said(capsys: Captured) -> str:
    out, err = capsys.readouterr()
    assert not err
    return out


def test_a_reply_is_read_at_once_and_its_letter_goes_out(reply: Path, laksa: World, capsys: Captured) -> None:
    assert main(["inbound", str(reply)]) == 0
    assert said(capsys).startswith(f"{TICKET}: balasan tersimpan sebagai konsep")
    draft = laksa.case().draft
    assert draft and draft.text == "Sudah diangkut."
    assert laksa.notice("draft_ready").state == NoticeState.SENT
    (caught,) = (reply.parent / "mail").glob("*.eml")
    assert "dlh@opd.example" in caught.read_text()


def test_machines_get_it_as_json_and_a_repeat_says_the_same(reply: Path, capsys: Captured) -> None:
    for _ in range(2):
        assert main(["inbound", str(reply), "--json"]) == 0
        told = json.loads(said(capsys))
        assert (told["outcome"], told["ticket"], told["notice"]) == ("draft_by_mail", TICKET, ID)


def test_a_mail_may_come_from_stdin(reply: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(reply.read_bytes())))
    assert main(["inbound", "-"]) == 0
    assert TICKET in said(capsys)


def test_a_mail_about_no_letter_of_ours_ends_with_1(reply: Path, capsys: Captured) -> None:
    reply.write_text("From: a@b.example\nTo: laksa@laksa.example\n\nhalo\n")
    assert main(["inbound", str(reply)]) == 1
    assert said(capsys).startswith("Bukan balasan untuk surat Laksa")


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_no_or_an_empty_file_ends_with_1(laksa: World, tmp_path: Path, content: str | None, capsys: Captured) -> None:
    file = tmp_path / "surat.eml"
    if content is not None:
        file.write_text(content)
    assert main(["inbound", str(file)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("laksa: ") and "surat.eml" in line
