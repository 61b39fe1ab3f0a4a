"""One of the forms by which a report comes in: the citizen's, or the one at the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response

from functions.edge.body import Body
from workflows.citizen.intake import Envelope, Receipt
from workflows.domain.submission import FIELDS


@dataclass(frozen=True)
class Door:
    """One form. path: where it is sent to. fields: those that come back as they were typed.

    language: of its pages. envelope: what came with the words; InvalidInput. show: the form with that status, and
    what is to be seen on it. received: the answer to a report that is stored.
    """

    path: str
    language: Callable[[Body], str]
    envelope: Callable[[Body], Envelope]
    show: Callable[..., Response]
    received: Callable[[Receipt], Response]
    fields: tuple[str, ...] = FIELDS
