"""The mark of an act, kept on the complaint, so that the same act by the same link is known as a repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from workflows.domain.change import Change

REMEMBERED = 20


def mark_of(*parts: str) -> str:
    """16 hexadecimal digits for what was asked and by which link."""
    text = "\0".join(parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def mark_of_files(files: Iterable[bytes]) -> str:
    """The same for what was sent as files; empty where there were none."""
    marks = [hashlib.blake2b(data, digest_size=8).hexdigest() for data in files]
    return mark_of(*marks) if marks else ""


def remember(change: Change, mark: str) -> Change:
    """The same change, with the act's mark on the complaint."""
    acts = (*change.complaint.acts, mark)[-REMEMBERED:]
    return replace(change, complaint=replace(change.complaint, acts=acts))
