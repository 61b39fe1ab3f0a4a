"""A number of another system that is another report's already: which one, and how it stands where all may know.

No link to its citizen's page: whoever writes down another letter must not get it.
"""

from __future__ import annotations

from functions.views.context import Context
from functions.views.standing import label
from workflows.domain.arrival import SP4N
from workflows.errors import FieldError, NumberTaken

TAKEN = (
    "Nomor rujukan ini sudah dipakai",
    "Nomor rujukan ini sudah dipakai untuk laporan dengan isi lain, dan laporan ini belum tersimpan.",
)
"""Title and sentence of the answer as a whole."""


def number_taken(ctx: Context | None, error: NumberTaken) -> FieldError:
    """What stands at the number's field."""
    complaint = error.complaint
    facts = {"ticket": complaint.ticket}
    if complaint.arrival.channel != SP4N:
        return FieldError("external_ref", "ref_taken", facts)
    if ctx is None or complaint.restricted or not complaint.desk_may_read:
        return FieldError("external_ref", "sp4n_taken", facts)
    return FieldError("external_ref", "sp4n_taken_stands", facts | {"status": label(ctx, complaint)})
