"""By which way a report reached the city, when, and when an operator wrote it down."""

from __future__ import annotations

from datetime import timedelta

from functions.views.filling import fill
from functions.views.sentences import N_
from functions.views.words import full_date, full_moment, say
from workflows.domain.arrival import CHANNELS, FORM
from workflows.domain.calendar import WIB
from workflows.domain.change import Entry
from workflows.domain.complaint import Complaint
from workflows.domain.masking import mask

NAMES = {
    "counter": N_("Loket"),
    "phone": N_("Telepon"),
    "whatsapp": "WhatsApp",
    "letter": N_("Surat"),
    "sp4n": "SP4N-LAPOR!",
}
RECEIVED_BY = {
    "received.counter": N_("Laporan diterima di loket"),
    "received.phone": N_("Laporan diterima lewat telepon"),
    "received.whatsapp": N_("Laporan diterima lewat WhatsApp"),
    "received.letter": N_("Laporan diterima lewat surat"),
    "received.sp4n": N_("Laporan diterima lewat SP4N-LAPOR!"),
}
NOTED = N_("Dicatat operator")
NOTED_AT = N_("Dicatat operator pada {at}")
SOON = timedelta(minutes=1)


def channel_name(channel: str, lang: str = "id") -> str:
    """As people call it; empty for the citizen's own form."""
    return say(lang, "pages")(NAMES[channel]) if channel in NAMES else ""


def channels() -> list[tuple[str, str]]:
    """Code and name of each way by which an operator takes a report in."""
    return [(code, channel_name(code)) for code in CHANNELS]


def noted_words(complaint: Complaint, entry: Entry, lang: str) -> str:
    """Beside a timeline's first line: when it was written down, where it came by another way than the form."""
    if entry.event != "received" or complaint.arrival.channel == FORM:
        return ""
    late = complaint.noted_at - complaint.received_at >= SOON
    return fill(say(lang, "pages")(NOTED_AT if late else NOTED), {"at": full_moment(complaint.noted_at, lang)})


def received_words(complaint: Complaint, lang: str) -> str:
    """When it reached the city; the day alone where nobody knows the hour."""
    local = complaint.received_at.astimezone(WIB)
    day_alone = complaint.arrival.channel != FORM and (local.hour, local.minute) == (0, 0)
    return full_date(local, lang) if day_alone else full_moment(local, lang)


def arrival_words(complaint: Complaint) -> list[str]:
    """For offices, masked; nothing for the citizen's own form."""
    arrival = complaint.arrival
    if arrival.channel == FORM:
        return []
    noted = f", dicatat operator {full_moment(complaint.noted_at, 'id')}"
    late = complaint.noted_at - complaint.received_at >= SOON
    came = f"Lewat: {channel_name(arrival.channel)}, diterima {received_words(complaint, 'id')}"
    came += noted if late else ""
    return [came, *([f"Nomor rujukan: {mask(arrival.external_ref)}"] if arrival.external_ref else [])]
