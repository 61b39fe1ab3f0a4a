"""A city's mailbox, on a real IMAP server of this machine: each mail is taken whole, once, and then marked."""

from __future__ import annotations
from collections.abc import Iterator

import pytest

from tests.emulators import free_port
from tests.imap_server import AS_IN_URL, ImapServer, imap_server
from workflows.adapters.imap_mailbox import MOST, ImapMailbox
from workflows.failures import MailDeferred, StoreUnavailable

RAW = b"From: a@b.example\r\nTo: balas+x@kota.example\r\nMessage-ID: <%d@b.example>\r\n\r\nhalo \xff\r\n"


@pytest.fixture(scope="module")
def started() -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


@pytest.fixture
def server(started: ImapServer) -> ImapServer:
    """With an empty mailbox."""
    started.empty()
    return started


def mailbox(port: int, account: str = AS_IN_URL, folder: str = "/INBOX", scheme: str = "imap") -> ImapMailbox:
    return ImapMailbox(f"{scheme}://{account}@127.0.0.1:{port}{folder}", timeout=3)


def test_every_unseen_mail_is_taken_byte_for_byte_in_order_and_once(server: ImapServer) -> None:
    server.deliver(RAW % 1, RAW % 2, RAW % 3)
    taken: list[bytes] = []
    assert ImapMailbox(server.url).fetch(taken.append) == 3
    assert taken == [RAW % 1, RAW % 2, RAW % 3]
    assert (ImapMailbox(server.url).fetch(taken.append), len(taken), server.unseen()) == (0, 3, 0)


def test_an_empty_mailbox_is_no_trouble_and_inbox_is_the_default_folder(server: ImapServer) -> None:
    assert mailbox(server.port, folder="").fetch(lambda raw: pytest.fail("there is no mail")) == 0


def test_a_mail_is_marked_only_after_it_was_stored(server: ImapServer) -> None:
    server.deliver(RAW % 1, RAW % 2, RAW % 3)
    taken: list[bytes] = []

    def store(raw: bytes) -> None:
        if taken:
            raise StoreUnavailable
        taken.append(raw)

    with pytest.raises(StoreUnavailable):
        ImapMailbox(server.url).fetch(store)
    assert server.unseen() == 2
    assert ImapMailbox(server.url).fetch(lambda raw: None) == 2


def test_one_look_takes_so_many_and_the_next_goes_on(server: ImapServer) -> None:
    server.deliver(*(RAW % n for n in range(MOST + 3)))
    assert [ImapMailbox(server.url).fetch(lambda raw: None) for _ in range(3)] == [MOST, 3, 0]


@pytest.mark.parametrize("trouble", ["password", "folder", "tls", "nobody there"])
def test_whatever_the_server_does_not_do_means_later_and_tells_no_secret(server: ImapServer, trouble: str) -> None:
    boxes = {
        "password": mailbox(server.port, account="laksa%40kota.example:wrong-secret"),
        "folder": mailbox(server.port, folder="/Nowhere"),
        "tls": mailbox(server.port, scheme="imaps"),
        "nobody there": mailbox(free_port()),
    }
    with pytest.raises(MailDeferred) as told:
        boxes[trouble].fetch(lambda raw: None)
    assert not any(word in repr(told.value) for word in ("secret", "cret", "laksa"))
    assert told.value.__cause__ is None


def test_a_mail_too_large_is_left_for_a_person_and_holds_up_no_other(server: ImapServer) -> None:
    server.deliver(RAW % 1 + b"x" * 1000, RAW % 2)
    taken: list[bytes] = []
    assert ImapMailbox(server.url, largest=500).fetch(taken.append) == 1
    assert (taken, server.unseen()) == ([RAW % 2], 0)
