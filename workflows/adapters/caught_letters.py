"""The catcher's letters as an erasure needs them: those about one case, found by their headers, and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from workflows.adapters.sync_folder import sync_folder
from workflows.domain.notifications.follower_notices import parent_code
from workflows.privacy.ports import CaughtLetter

HEAD = 4096
"""Bytes of a letter within which its headers name its case."""


class CaughtFolder:
    """The folder of caught letters, also one filled before letters were really sent; it may be missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def about(self, ticket: str) -> list[CaughtLetter]:
        """Every letter of that case, and those that tell its followers of it, in order of sending.

        A letter about many cases is nobody's.
        """
        return [letter for file in self._naming(ticket) if (letter := _letter(file, ticket))]

    def delete(self, name: str) -> None:
        """Take a letter away; it does not come back after a power cut."""
        (self._folder / name).unlink(missing_ok=True)
        sync_folder(self._folder)

    def _naming(self, ticket: str) -> Iterator[Path]:
        for file in sorted(self._folder.glob("*.eml")):
            with file.open("rb") as opened:
                head = opened.read(HEAD)
                if ticket.encode() in head or _in_news(ticket).encode() in head:
                    yield file


def _letter(file: Path, ticket: str) -> CaughtLetter | None:
    message = message_from_bytes(file.read_bytes(), EmailMessage, policy=default)
    id = str(message["Message-ID"]).strip().lstrip("<").rpartition("@")[0]
    if not id.startswith(f"{ticket}.") and _in_news(ticket) not in id:
        return None
    return CaughtLetter(file.name, id.removesuffix(".fallback"), _words(message))


def _in_news(ticket: str) -> str:
    """How the id of a follower's letter names the case that it tells of."""
    return f"_{parent_code(ticket)}."


def _words(message: EmailMessage) -> str:
    bodies = (message.get_body((kind,)) for kind in ("plain", "html"))
    return "\n".join([str(message["To"]), *(str(body.get_content()) for body in bodies if body)])
