"""How a complaint reached the city: by its citizen's own form, or by another way, written down by an operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.documents import Record

FORM = "form"
SP4N = "sp4n"
CHANNELS = ("counter", "phone", "whatsapp", "letter", SP4N)
"""Ways by which an operator takes a complaint in."""


@dataclass(frozen=True)
class Arrival(Record):
    """The way it came. external_ref: its number in another system, as typed: may name somebody, never public.

    noted_at: when an operator wrote it down, None where its citizen sent the form.
    """

    channel: str = FORM
    external_ref: str = ""
    noted_at: datetime | None = None

    @property
    def identity(self) -> str:
        """What tells one outside complaint from another, however its number was spaced; empty without a digit."""
        ref = "".join(self.external_ref.casefold().split())
        return f"{self.channel}:{ref}" if any(each.isdigit() for each in ref) else ""


BY_FORM = Arrival()
