"""A real IMAP server on this machine, with one account and an empty INBOX."""

from __future__ import annotations
import imaplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.emulators import free_port

USER, PASSWORD = "laksa@kota.example", 's:cret/1 "quoted"'
AS_IN_URL = "laksa%40kota.example:s%3Acret%2F1%20%22quoted%22"
_START = """
import sys
from pymap.main import main
from pysasl.hashing import BuiltinHash
BuiltinHash.__init__.__kwdefaults__["rounds"] = 1  # half a million would take half a second at each login
sys.argv = ['pymap', *sys.argv[1:]]
main()
"""


@dataclass(frozen=True)
class ImapServer:
    """What a test does to the mailbox beside Laksa."""

    port: int

    @property
    def url(self) -> str:
        """As LAKSA_IMAP_URL names it."""
        return f"imap://{AS_IN_URL}@127.0.0.1:{self.port}/INBOX"

    def deliver(self, *mails: bytes) -> None:
        """Put mails into INBOX, unseen."""
        with self._client() as client:
            for mail in mails:
                client.append("INBOX", "", "", mail)

    def empty(self) -> None:
        """As at the beginning."""
        with self._client() as client:
            if client.select("INBOX")[1] != [b"0"]:
                client.store("1:*", "+FLAGS", r"\Deleted")
                client.expunge()

    def unseen(self) -> int:
        """How many mails nobody has marked."""
        with self._client() as client:
            client.select("INBOX")
            return len(client.uid("SEARCH", "UNSEEN")[1][0].split())

    def _client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=3)
        client.login(USER, PASSWORD)
        return client


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """The server, running until the end of the block."""
    port = free_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict"]
    account = ["--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen([sys.executable, "-c", _START, *options, *account])
    try:
        _wait_for(port)
        yield ImapServer(port)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            imaplib.IMAP4("127.0.0.1", port, timeout=2).shutdown()
            return
        except OSError:
            assert time.monotonic() < end, "the mail server does not start"
            time.sleep(0.05)
