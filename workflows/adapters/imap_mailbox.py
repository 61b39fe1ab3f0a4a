"""A mailbox on an IMAP server, for cities without a provider that forwards mail by HTTP."""

from __future__ import annotations
import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from workflows.failures import MailDeferred
from workflows.ports import MAX_MAIL_BYTES

MOST = 50
"""Mails taken in one run; the next sweep takes more."""
log = logging.getLogger("laksa")


class ImapMailbox:
    """The folder of `imaps://user:password@host/FOLDER`, by default INBOX; user and password are URL-encoded.

    `imap`, without TLS, is for a server on this machine. `timeout` is in seconds, for each answer of the server.
    """

    def __init__(self, url: str, timeout: float = 20, largest: int = MAX_MAIL_BYTES) -> None:
        parts = urlsplit(url)
        self._host, self._secure = parts.hostname or "", parts.scheme == "imaps"
        self._port = parts.port or (993 if self._secure else 143)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._folder = unquote(parts.path).strip("/") or "INBOX"
        self._timeout, self._largest = timeout, largest

    def fetch(self, take: Callable[[bytes], object]) -> int:
        """Pass unseen mails to `take`, at most MOST, and return their number. Each is marked as seen once `take`
        returns. A mail over LARGEST_MAIL is not fetched: it is marked as seen and flagged, and stays for a person
        to look at. Errors of `take` propagate: the mails not yet taken stay unseen. MailDeferred when the server
        refuses; its message contains neither user nor password.
        """
        with self._open() as server:
            taken = 0
            for uid in _ask(server, "SEARCH", "UNSEEN")[0].split()[:MOST]:
                taken += self._take_one(server, uid.decode("ascii"), take)
            return taken

    def _take_one(self, server: imaplib.IMAP4, uid: str, take: Callable[[bytes], object]) -> bool:
        size = _size(_ask(server, "FETCH", uid, "(RFC822.SIZE)"))
        if size > self._largest:
            log.error("mail too large", extra={"size": size})
            _ask(server, "STORE", uid, "+FLAGS.SILENT", r"(\Seen \Flagged)")
            return False
        raw = _raw(_ask(server, "FETCH", uid, "(BODY.PEEK[])"))
        if raw is not None:
            take(raw)
        _ask(server, "STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
        return raw is not None

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        with _translate_errors():
            server = self._connect()
        try:
            with _translate_errors():
                self._log_in(server)
                _require(*server.select(_quoted(self._folder)))
            yield server
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                server.logout()

    def _connect(self) -> imaplib.IMAP4:
        if self._secure:
            context = ssl.create_default_context()
            return imaplib.IMAP4_SSL(self._host, self._port, ssl_context=context, timeout=self._timeout)
        return imaplib.IMAP4(self._host, self._port, timeout=self._timeout)

    def _log_in(self, server: imaplib.IMAP4) -> None:
        if f"{self._user}{self._password}".isascii():
            server.login(_quoted(self._user), self._password)  # imaplib quotes the password, but not the user
        else:  # LOGIN accepts ASCII only
            server.authenticate("PLAIN", lambda _: f"\0{self._user}\0{self._password}".encode())


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _ask(server: imaplib.IMAP4, command: str, *arguments: str) -> list[Any]:
    with _translate_errors():
        return _require(*server.uid(command, *arguments))


def _require(status: str, answer: list[Any]) -> list[Any]:
    if status != "OK":
        raise MailDeferred("the mailbox said no")
    return answer


def _size(answer: list[Any]) -> int:
    """Size in bytes; 0 when the server does not say it, or the mail is gone."""
    lines = b" ".join(part[0] if isinstance(part, tuple) else part or b"" for part in answer)
    found = re.search(rb"RFC822\.SIZE (\d+)", lines, re.IGNORECASE)
    return int(found[1]) if found else 0


def _raw(answer: list[Any]) -> bytes | None:
    """The mail in the answer to FETCH; None when it was deleted meanwhile."""
    return next((part[1] for part in answer if isinstance(part, tuple)), None)


@contextmanager
def _translate_errors() -> Iterator[None]:
    """Turn the library's errors into those of the port, without the server's words: they may contain the user's
    name.
    """
    try:
        yield
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailDeferred(f"the mailbox could not be read: {type(error).__name__}") from None
