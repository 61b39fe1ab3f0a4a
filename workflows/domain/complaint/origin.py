"""How a complaint reached the city: by its citizen's own form, or another channel, entered by an operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.documents import Record

FORM = "form"
SP4N = "sp4n"
CHANNELS = ("counter", "phone", "whatsapp", "letter", SP4N)
"""Channels of complaints that an operator enters."""


@dataclass(frozen=True)
class Arrival(Record):
    """The channel. `external_ref`: its number in another system, as typed; it may contain a name and is never
    public. `noted_at`: when an operator entered it, None for the citizen's form.
    """

    channel: str = FORM
    external_ref: str = ""
    noted_at: datetime | None = None

    @property
    def identity(self) -> str:
        """The normalised external number; '' without a digit."""
        ref = "".join(self.external_ref.casefold().split())
        return f"{self.channel}:{ref}" if any(each.isdigit() for each in ref) else ""


BY_FORM = Arrival()
