"""The timeline in words, one sentence per event: past tense, the actor first. Includes why a deadline moved,
assignments within the undo window (chosen, but nobody told yet), and how and when a complaint reached the city.
"""

from __future__ import annotations
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from functions.views.shared.context import CaseView, Context
from functions.views.shared.forms import Shown, left_out_words, photos_of
from functions.views.shared.rendering import fill_blanks, full_date, full_moment, translator
from functions.views.shared.status_text import category_words, level_title, office_name, unit_name
from functions.views.shared.strings import N_
from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.records import CHANNELS, FORM
from workflows.domain.complaint.transition import DESK, UNIT, EventName, TimelineEvent
from workflows.domain.deadlines.calendar import WIB
from workflows.domain.escalation.schedule import leaves_at
from workflows.domain.privacy.redaction import mask_identifiers, untagged
from workflows.frozen import frozen

MOVED = N_("Batas waktu berubah dari {old} menjadi {new}, karena {reason}.")
SCHEDULED = N_("{opd} menjadwalkan {date}")
WAITED = N_("menunggu keterangan dari {whom}")
WAITED_A_DAY = N_("menunggu keterangan dari {whom} selama 1 hari kerja")
WAITED_DAYS = N_("menunggu keterangan dari {whom} selama {n} hari kerja")


def why_moved(ctx: Context, case: CaseView, lang: str, reader: str = "citizen") -> str:
    """What set the present deadline; '' if it is the first one, or there is none."""
    if case.complaint.state not in WITH_DEPARTMENT - {State.WAITING}:
        return ""
    made = [e for e in case.timeline if e.facts.get("new") == case.complaint.deadlines.answer_by]
    told = [moved_words(ctx, case.complaint, entry, lang, reader) for entry in made]
    return next(filter(None, reversed(told)), "")


def moved_words(ctx: Context, complaint: Complaint, entry: TimelineEvent, lang: str, reader: str = "citizen") -> str:
    """How one event moved the deadline; '' if it did not."""
    old, new = entry.facts.get("old"), entry.facts.get("new")
    if not (isinstance(old, datetime) and isinstance(new, datetime) and old < new):
        return ""
    _ = translator(lang, "pages")
    calendar = ctx.policy.calendar()
    days = calendar.working_time(old, new) // calendar.day_length(old)
    reason = fill_blanks(_(_reason(complaint, entry, days)), _moved_facts(ctx, entry, lang, reader) | {"n": str(days)})
    return fill_blanks(_(MOVED), {"old": full_moment(old, lang), "new": full_moment(new, lang), "reason": reason})


def _reason(complaint: Complaint, entry: TimelineEvent, days: int) -> str:
    """The reason; for danger the clock runs around the clock, so it was paused for hours."""
    if entry.event == EventName.SCHEDULED:
        return SCHEDULED
    if complaint.urgent or days < 1:
        return WAITED
    return WAITED_A_DAY if days == 1 else WAITED_DAYS


def _moved_facts(ctx: Context, entry: TimelineEvent, lang: str, reader: str) -> dict[str, str]:
    date = entry.facts.get("date")
    return {
        "opd": office_name(ctx, entry.opd),
        "date": full_date(date, lang) if isinstance(date, datetime) else "–",
        "whom": "Anda" if reader == "citizen" else "pelapor",
    }


CHOSEN = N_("Operator memilih {opd}; laporan dikirim pukul {at}")


def chosen_words(ctx: Context, complaint: Complaint, entry: TimelineEvent, lang: str) -> str:
    """What the citizen reads about an assignment within the undo window; '' for any other event, and after it."""
    at, pending = leaves_at(complaint, ctx.now), complaint.pending_assignment
    if at is None or pending is None or entry.sequence != pending.sequence:
        return ""
    return translator(lang, "pages")(CHOSEN).format(opd=office_name(ctx, entry.opd), at=f"{at.astimezone(WIB):%H.%M}")


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
    """The channel's name for people; '' for the citizen's own form."""
    return translator(lang, "pages")(NAMES[channel]) if channel in NAMES else ""


def channels() -> list[tuple[str, str]]:
    """(code, name) of each channel by which an operator takes complaints in."""
    return [(code, channel_name(code)) for code in CHANNELS]


def noted_words(complaint: Complaint, entry: TimelineEvent, lang: str) -> str:
    """When it was entered, if it did not come by the form; shown beside the first event."""
    if entry.event != "received" or complaint.arrival.channel == FORM:
        return ""
    late = complaint.noted_at - complaint.received_at >= SOON
    return fill_blanks(
        translator(lang, "pages")(NOTED_AT if late else NOTED), {"at": full_moment(complaint.noted_at, lang)}
    )


def received_words(complaint: Complaint, lang: str) -> str:
    """When it reached the city; only the day if the hour is unknown."""
    local = complaint.received_at.astimezone(WIB)
    day_alone = complaint.arrival.channel != FORM and (local.hour, local.minute) == (0, 0)
    return full_date(local, lang) if day_alone else full_moment(local, lang)


def arrival_words(complaint: Complaint) -> list[str]:
    """The channel and its details for offices, masked; [] for the citizen's own form."""
    arrival = complaint.arrival
    if arrival.channel == FORM:
        return []
    noted = f", dicatat operator {full_moment(complaint.noted_at, 'id')}"
    late = complaint.noted_at - complaint.received_at >= SOON
    came = f"Lewat: {channel_name(arrival.channel)}, diterima {received_words(complaint, 'id')}"
    came += noted if late else ""
    return [came, *([f"Nomor rujukan: {mask_identifiers(arrival.external_ref)}"] if arrival.external_ref else [])]


WORDS = {
    **RECEIVED_BY,
    "received": N_("Laporan diterima"),
    "received.alone": N_(
        "Laporan diterima sebagai laporan tersendiri, karena laporan yang ingin diikuti sudah tidak dapat diikuti"
    ),
    "assigned": N_("Dikirim ke {opd}"),
    "assigned.why": N_("Dikirim ke {opd}, karena isinya tentang “{why}”"),
    "assigned.desk": N_("Operator mengirim laporan ke {opd}"),
    "merged": N_("Laporan digabung dengan {parent}"),
    "merged.desk": N_("Operator menggabungkan laporan ini dengan {parent}"),
    "followed": N_("Laporan digabung dengan {parent}, karena Anda mengalami masalah yang sama"),
    "at_desk": N_("Laporan masuk ke meja operator"),
    "at_desk.unrouted": N_("Laksa belum berhasil memilih OPD; laporan masuk ke meja operator"),
    "at_desk.orphaned": N_("Laporan {parent} ditarik pelapornya; operator membaca laporan ini"),
    "at_desk.danger": N_("Laksa meminta operator segera menelepon karena ada tanda bahaya"),
    "at_desk.unsure": N_("Laksa meminta operator memilih OPD"),
    "at_desk.quarantine": N_("Laksa meminta operator membaca laporan ini lebih dulu"),
    "acknowledged": N_("{opd} menerima laporan"),
    "answered": N_("{opd} menjawab"),
    "answered.done": N_("{opd} menjawab: sudah dikerjakan atau terjawab"),
    "answered.not_done": N_("{opd} menjawab: belum dapat dikerjakan"),
    "scheduled": N_("{opd} menjadwalkan {date}"),
    "asked": N_("{opd} bertanya kepada Anda"),
    "replied": N_("Anda menjawab pertanyaan"),
    "no_reply": N_("Belum ada jawaban dari Anda; batas waktu {opd} berjalan lagi"),
    "added": N_("Anda menambah keterangan"),
    "progress": N_("{opd} memberi kabar"),
    "progress.unit": N_("{unit} memberi kabar"),
    "delegated": N_("{opd} menugaskan {unit}"),
    "contact_shown": N_("{opd} membuka kontak Anda"),
    "called": N_("Operator menelepon {opd}"),
    "schedule_due": N_("Hari yang dijadwalkan tiba; laporan kembali ke {opd}"),
    "forwarded": N_("{from} mengalihkan laporan ke {to}"),
    "forwarded.desk": N_("{from} menyarankan {to}; operator yang memutuskan"),
    "not_ours": N_("{opd} menyatakan bukan tugasnya"),
    "disputed": N_("Anda menyatakan belum selesai"),
    "disputed.merged": N_("Anda menyatakan keberatan; laporan berdiri sendiri lagi, lepas dari {parent}"),
    "confirmed": N_("Anda menyatakan sudah selesai"),
    "rated": N_("Anda memberi nilai {score} dari 5"),
    "withdrawn": N_("Anda menarik laporan"),
    "rung.before": N_("{opd} diingatkan; batas waktunya {deadline}"),
    "rung.deadline": N_("{opd} melewati batas waktu {deadline}"),
    "rung": N_("Naik ke {head}, karena lewat batas waktu"),
    "erased.contact": N_("Laksa menghapus nama, kontak dan nomor pribadi dari laporan ini"),
    "erased.photos": N_("Laksa menghapus foto laporan ini"),
    "erased.whole": N_("Laksa menghapus isi, foto, nama dan kontak laporan ini"),
    "closed": N_("Laporan ditutup tanpa tanggapan"),
    "closed.not_reached": N_("Laporan ditutup, karena kabar kami tidak sampai kepada Anda"),
    "archived": N_("Operator mengarsipkan laporan"),
    "unaccepted": N_("{opd} belum menerima laporan sampai batas waktu terimanya"),
    "external": N_("Laksa mengarahkan laporan ke {instansi}"),
    "external.desk": N_("Operator mengarahkan laporan ke {instansi}"),
    "data_asked.copy": N_("Anda meminta salinan data Anda; kami jawab paling lambat {deadline}"),
    "data_asked.correction": N_("Anda meminta perbaikan data Anda; kami jawab paling lambat {deadline}"),
    "data_asked.erasure": N_("Anda meminta penghapusan data Anda; kami jawab paling lambat {deadline}"),
    "data_answered": N_("Operator menjawab permintaan Anda tentang data Anda"),
    "link_renewed": N_("Tautan baru dikirim ke {opd}"),
    "confirm_reminded": N_("Laksa mengingatkan Anda untuk memilih"),
    "reached": N_("Jawaban sampai kepada Anda"),
    "mail_failed": N_("Email ke {opd} tidak sampai; operator memperbaikinya"),
    "mail_failed.unit": N_("Email ke {unit} tidak sampai; operator memperbaikinya"),
}
TOLD_APART_BY = {
    **{"received": "how", "at_desk": "why", "answered": "outcome", "closed": "as"},
    **{"erased": "part", "data_asked": "data"},
}
"""Events whose sentence depends on a fact."""
UNKNOWN = N_("Laporan diperbarui")
INSIDE = ("drafted", "draft_by_mail", "recalled")
"""Events inside an office, or undone before anybody was told: never shown to a citizen."""
THEIR_OWN = ("data_asked", "data_answered")
"""Events between the citizen and the operators: never shown to a department."""
TO_OFFICES = {
    "asked": "{opd} bertanya kepada pelapor",
    "replied": "Pelapor menjawab pertanyaan",
    "no_reply": "Belum ada jawaban dari pelapor; batas waktu {opd} berjalan lagi",
    "added": "Pelapor menambah keterangan",
    "contact_shown": "{opd} membuka kontak pelapor",
    "drafted": "{unit} menulis konsep jawaban",
    "draft_by_mail": "Balasan email dari {opd} tersimpan sebagai konsep",
    "recalled": "Operator membatalkan pengiriman ke {opd}",
    "disputed": "Pelapor menyatakan belum selesai",
    "disputed.merged": "Pelapor menyatakan keberatan; laporan berdiri sendiri lagi, lepas dari {parent}",
    "followed": "Laporan digabung dengan {parent}, karena pelapor mengalami masalah yang sama",
    "confirmed": "Pelapor menyatakan sudah selesai",
    "rated": "Pelapor memberi nilai {score} dari 5",
    "withdrawn": "Pelapor menarik laporan",
    "closed.not_reached": "Laporan ditutup, karena kabar tidak sampai kepada pelapor",
    "confirm_reminded": "Laksa mengingatkan pelapor untuk memilih",
    "reached": "Jawaban sampai kepada pelapor",
}
TO_FOLLOWERS = {
    "asked": N_("{opd} bertanya kepada pelapornya"),
    "replied": N_("Pelapornya menjawab pertanyaan"),
    "no_reply": N_("Belum ada jawaban dari pelapornya; batas waktu {opd} berjalan lagi"),
    "disputed": N_("Pelapornya menyatakan belum selesai"),
    "disputed.merged": N_("Pelapornya menyatakan belum selesai"),
    "confirmed": N_("Pelapornya menyatakan sudah selesai"),
    "withdrawn": N_("Pelapornya menarik laporan"),
    "closed.not_reached": N_("Laporan ditutup, karena kabar kami tidak sampai kepada pelapornya"),
}


@frozen
class Line:
    """One event as a page shows it. `note`: its effect on the deadline."""

    at: datetime
    title: str
    text: str
    officer: str = ""
    photos: Sequence[Shown] = ()
    left_out: Sequence[str] = ()
    note: str = ""


def shown_events(case: CaseView, reader: str = "citizen") -> tuple[TimelineEvent, ...]:
    """The events that a reader, citizen or office, may see, oldest first."""
    seen = tuple(entry for entry in case.timeline if not entry.hidden)
    if reader != "citizen":
        return tuple(entry for entry in seen if entry.event not in THEIR_OWN)
    undone = {entry.facts.get("assigned") for entry in seen if entry.event == EventName.RECALLED}
    return tuple(entry for entry in seen if entry.event not in INSIDE and entry.sequence not in undone)


def citizen_lines(ctx: Context, case: CaseView, lang: str) -> list[Line]:
    """The timeline for its citizen, newest first; the complaint's text is at its beginning."""
    lines = []
    for entry in reversed(shown_events(case)):
        text = untagged(case.complaint.text if entry.event == EventName.RECEIVED else entry.text)
        at = entry.at or case.complaint.received_at
        words = event_words(ctx, case.complaint, entry, lang)
        photos, left_out = photos_of(case, entry, lang), left_out_words(entry, lang)
        note = noted_words(case.complaint, entry, lang) or moved_words(ctx, case.complaint, entry, lang)
        lines.append(Line(at, words, text, photos=photos, left_out=left_out, note=note))
    return lines


def office_lines(ctx: Context, case: CaseView) -> list[Line]:
    """The timeline for offices, newest first, masked."""
    from workflows.domain.privacy.redaction import mask_identifiers

    lines = []
    for entry in reversed(shown_events(case, "office")):
        text = office_text(entry)
        words = event_words(ctx, case.complaint, entry, "id", reader="office")
        at, photos = entry.at or case.complaint.received_at, photos_of(case, entry, "id", reader="office")
        moved = moved_words(ctx, case.complaint, entry, "id", reader="office")
        note = noted_words(case.complaint, entry, "id") or moved
        lines.append(Line(at, words, mask_identifiers(text), entry.officer, photos, left_out_words(entry, "id"), note))
    return lines


def office_text(entry: TimelineEvent) -> str:
    """An event's text for offices: what the citizen reads, and the internal part."""
    return "\n".join(filter(None, (entry.text, entry.internal)))


def event_words(ctx: Context, complaint: Complaint, entry: TimelineEvent, lang: str, *, reader: str = "citizen") -> str:
    """One sentence for an event; `reader` is citizen, follower or office. An unknown event has a sentence, too."""
    if reader != "office" and (chosen := chosen_words(ctx, complaint, entry, lang)):
        return chosen
    key = _key(complaint, entry)
    theirs = {"office": TO_OFFICES, "follower": TO_FOLLOWERS}.get(reader, {})
    words = theirs.get(key) or WORDS.get(key, UNKNOWN)
    return fill_blanks(translator(lang, "pages")(words), _facts(ctx, complaint, entry, lang))


def _key(complaint: Complaint, entry: TimelineEvent) -> str:
    variant = _variant(complaint, entry)
    key = f"{entry.event}.{variant}"
    return key if key in WORDS else entry.event


def _variant(complaint: Complaint, entry: TimelineEvent) -> str:
    facts = entry.facts
    if entry.event == EventName.ASSIGNED and entry.by != DESK and facts.get("category"):
        return "why"
    if entry.event == EventName.FORWARDED:
        return "" if entry.opd == facts.get("to") else "desk"
    if entry.event == EventName.RUNG:
        return _rung_variant(facts)
    if entry.event == EventName.RECEIVED and not facts.get("how"):
        return complaint.arrival.channel
    if entry.event == EventName.DISPUTED and facts.get("parent"):
        return "merged"
    if entry.event in ("progress", "mail_failed") and _unit(facts):
        return "unit"
    if entry.by == DESK:
        return "desk"
    return str(facts.get(TOLD_APART_BY.get(entry.event, ""), ""))


def _unit(facts: dict[str, Any]) -> str:
    """The unit an event is about; a mail to a unit is named by its recipient."""
    return str(facts.get("unit") or (facts.get("to", "") if facts.get("role") == UNIT else ""))


def _rung_variant(facts: dict[str, Any]) -> str:
    if facts.get("to") not in ("department", "desk"):
        return ""
    due, deadline = facts.get("due"), facts.get("deadline")
    return "before" if due and deadline and due < deadline else "deadline"


def _facts(ctx: Context, complaint: Complaint, entry: TimelineEvent, lang: str) -> dict[str, str]:
    facts = entry.facts
    desk = translator(lang, "pages")("Operator Laksa")
    words = {
        "opd": office_name(ctx, entry.opd) or desk,
        "why": category_words(ctx, facts.get("category"), lang),
        "unit": unit_name(ctx, _unit(facts)),
        "from": office_name(ctx, facts.get("from") or entry.opd),
        "to": office_name(ctx, facts.get("to")),
        "instansi": ctx.labels.institution(facts.get("to") or complaint.external_to)[0],
        "parent": str(facts.get("parent", "")),
    }
    if entry.event == EventName.RUNG:
        words["head"] = level_title(ctx, complaint, str(facts.get("to")))
    if "score" in facts:
        words["score"] = str(facts["score"])
    if isinstance(facts.get("date"), datetime):
        words["date"] = full_date(facts["date"], lang)
    if isinstance(facts.get("deadline"), datetime):
        words["deadline"] = full_moment(facts["deadline"], lang)
    return words
