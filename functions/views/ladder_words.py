"""What every step of a ladder is told with: sentences in the reader's language, days, moments, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from functions.views.context import Context
from functions.views.filling import fill
from functions.views.sentences import N_
from functions.views.words import Say, full_moment, say, short_date

UNTIL = N_("Sekarang, sampai {until}.")
OVERDUE = N_("Sekarang, lewat batas waktu {until}.")


@dataclass(frozen=True)
class LadderWords:
    """At one moment, in one language. translate: the catalogue of the file whose sentences are said."""

    ctx: Context
    lang: str
    translate: Say

    def say(self, words: str, **facts: str) -> str:
        """A sentence with its blanks filled."""
        return fill(self.translate(words), facts)

    def day(self, at: datetime | None) -> str:
        """A short date."""
        return short_date(at, self.lang) if at else "–"

    def moment(self, at: datetime | None) -> str:
        """A full date with hour."""
        return full_moment(at, self.lang) if at else "–"

    def until(self, deadline: datetime | None) -> str:
        """“until <deadline>” for the current assignee, or “overdue since …”."""
        late = deadline is not None and deadline <= self.ctx.now
        return fill(say(self.lang, "pages")(OVERDUE if late else UNTIL), {"until": self.moment(deadline)})
