"""A mailer over SMTP: the server's answer decides between sent, deferred and refused. A refused RCPT may concern
the recipient's mailbox or us as the sender; codes as in RFC 5321 and RFC 3463.
"""

from __future__ import annotations
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from urllib.parse import unquote, urlsplit

from workflows.adapters.mime import POLICY, address_of, build_message, utc_now
from workflows.failures import MailDeferred, MailRefused
from workflows.ports import Mail

_REFUSED_MAILBOX = (550, 551, 553)
_ADDRESS_STATUS = re.compile(r"^5\.1\.(?!7\b|8\b)\d{1,2}(?![.\d])")
"""Status of a bad recipient address; 5.1.7 and 5.1.8 concern the sender."""
_OF_A_READER = re.compile(r"\b(?:user|mailbox|recipient|no such|unknown|unrouteable)", re.IGNORECASE)
_OF_US = re.compile(
    r"\b5\.7\.\d|\brelay(?!\s+recipient)|sender|sending|\bclient|\bhelo\b|spam|block|black|policy"
    r"|auth|credential|limit|\bip\b",
    re.IGNORECASE,
)
"""Words that mean us and come for every recipient. Postfix's “relay recipient table” is a list of recipients."""


def is_of_the_mailbox(code: int, words: bytes) -> bool:
    """Whether the answer to RCPT says that this one mailbox accepts nothing; False in doubt."""
    text = " ".join(word for word in words.decode("utf-8", "replace").split() if "@" not in word)
    if _OF_US.search(text):
        return False
    names_reader = code in _REFUSED_MAILBOX and _OF_A_READER.search(text) is not None
    return names_reader or _ADDRESS_STATUS.search(text) is not None


LOOPBACK = ("127.0.0.1", "localhost", "::1")
# the fault of the account, not of the mail: once the operator of the server repairs it, the mail goes out
_OF_THE_ACCOUNT = (530, 534, 535, 538)
_TOLD_ID = re.compile(
    r"<([^<>\s]+@[^<>\s]+)>|queued as ([\w.+-]+)|\bid=([\w.+-]+)|^Ok ([0-9a-f]{16}-[0-9a-f-]{20,})", re.IGNORECASE
)


class SmtpMailer:
    """Mailer for `smtp[s]://user:password@host:port`, one connection per mail. `smtp` means STARTTLS, except for a
    server on this machine; `smtps` means TLS from the first byte. User and password are URL-encoded. `timeout` is
    in seconds, for each answer of the server.
    """

    def __init__(self, url: str, mail_from: str, now: Callable[[], datetime] = utc_now, timeout: float = 15) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._secure = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._secure else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._mail_from = mail_from
        self._now = now
        self._timeout = timeout

    def send(self, mail: Mail) -> str:
        """Send a mail and return the server's id for it, else ours. MailDeferred or MailRefused when it is not
        accepted.
        """
        content = build_message(mail, self._mail_from, self._now()).as_bytes(policy=POLICY)
        sender = address_of(mail.envelope_from or self._mail_from).addr_spec
        receiver = address_of(mail.to).addr_spec
        with self._connection(sender) as server:
            _expect(server.mail(sender))
            _expect(server.rcpt(receiver), to_rcpt=True)
            told = _expect(server.data(content))
        return _told_id(told) or mail.message_id

    @contextmanager
    def _connection(self, sender: str) -> Iterator[smtplib.SMTP]:
        try:
            server = self._connect(sender)
            try:
                self._log_in(server)
                yield server
                _say_goodbye(server)
            finally:
                server.close()
        except smtplib.SMTPDataError as error:  # the server refused the content after DATA
            _expect((error.smtp_code, _bytes(error.smtp_error)))
        except (OSError, smtplib.SMTPException) as error:
            raise MailDeferred(f"the mail server could not be used: {type(error).__name__}") from error

    def _connect(self, sender: str) -> smtplib.SMTP:
        # we greet with our domain: the machine's own name is private
        name = sender.rpartition("@")[2]
        if self._secure:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, name, timeout=self._timeout, context=context)
        return smtplib.SMTP(self._host, self._port, name, timeout=self._timeout)

    def _log_in(self, server: smtplib.SMTP) -> None:
        if not self._secure and self._host not in LOOPBACK:
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if self._user:
            server.login(self._user, self._password)


def _expect(answer: tuple[int, bytes], to_rcpt: bool = False) -> str:
    """The text of a 2xx answer; MailRefused for 5xx, MailDeferred for everything else."""
    code, words = answer
    if 200 <= code < 300:
        return words.decode("utf-8", "replace")
    if 500 <= code < 600 and code not in _OF_THE_ACCOUNT:
        raise MailRefused(f"the mail server said {code}", mailbox=to_rcpt and is_of_the_mailbox(code, words))
    raise MailDeferred(f"the mail server said {code}")


def _told_id(words: str) -> str:
    enhanced = re.sub(r"^\d\.\d+\.\d+\s+", "", words)
    found = _TOLD_ID.search(enhanced)
    return next((group for group in found.groups() if group), "") if found else ""


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _say_goodbye(server: smtplib.SMTP) -> None:
    # once the server has accepted the mail, a failing QUIT must not make it look unsent
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
