"""The sweep also looks into the city's mailbox, and a mailbox in trouble never stops it."""

from __future__ import annotations

import pytest
from flask import Response

from functions.app.container import container
from functions.schedule import sweep
from tests.emulators import free_port
from tests.functions.requests import get
from tests.imap_server import imap_server
from tests.workflows.world import World
from workflows.clock.deadlines import last_sweep
from workflows.collection_names import INBOUND
from workflows.ports import Query

RAW = b"From: a@b.example\r\nTo: laksa@laksa.example\r\nMessage-ID: <%d@b.example>\r\n\r\nhalo\r\n"


def swept(laksa: World, monkeypatch: pytest.MonkeyPatch, url: str) -> int:
    """Sweep with that mailbox; how many mails are stored."""
    monkeypatch.setenv("LAKSA_IMAP_URL", url)
    container.cache_clear()
    container().store, container().clock = laksa.store, laksa.clock
    answer = sweep(get("/"))
    assert isinstance(answer, Response) and answer.status_code == 204
    assert last_sweep(laksa.store) == laksa.clock.now()
    return laksa.store.count(Query(INBOUND))


@pytest.mark.slow
def test_what_waits_in_the_mailbox_is_stored_then_marked(laksa: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with imap_server() as server:
        server.deliver(RAW % 1, RAW % 2)
        assert swept(laksa, monkeypatch, server.url) == 2
        assert server.unseen() == 0
        assert swept(laksa, monkeypatch, server.url) == 2


def test_a_mailbox_in_trouble_is_logged_without_its_password(
    laksa: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert swept(laksa, monkeypatch, f"imap://kota:rahasia@127.0.0.1:{free_port()}/INBOX") == 0
    (record,) = [record for record in caplog.records if record.message == "mailbox not read"]
    assert record.__dict__["error"] == "MailDeferred"
    assert "rahasia" not in caplog.text and record.exc_info is None
