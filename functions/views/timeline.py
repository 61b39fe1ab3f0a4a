"""What happened, one sentence an event: past tense, the actor first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.views.arrival_words import RECEIVED_BY, noted_words
from functions.views.context import Case, Context
from functions.views.filling import fill
from functions.views.moved import moved_words
from functions.views.not_sent_yet import chosen_words
from functions.views.photos import Shown, left_out_words, photos_of
from functions.views.restricted import category_words
from functions.views.sentences import N_
from functions.views.standing import office, rung_title, unit_name
from functions.views.words import full_date, full_moment, say
from workflows.domain.change import DESK, UNIT, Entry, EventName
from workflows.domain.complaint import Complaint
from workflows.domain.own_name import whole

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
"""Events whose words differ by a fact."""
UNKNOWN = N_("Laporan diperbarui")
INSIDE = ("drafted", "draft_by_mail", "recalled")
"""What an office prepares, or takes back before it was told: never a citizen's to see."""
THEIR_OWN = ("data_asked", "data_answered")
"""What is between the citizen and the operators alone: no department reads of it."""
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


@dataclass(frozen=True)
class Line:
    """One line of a timeline as a page shows it. note: what it did to the deadline."""

    at: datetime
    title: str
    text: str
    officer: str = ""
    photos: Sequence[Shown] = ()
    left_out: Sequence[str] = ()
    note: str = ""


def shown(case: Case, reader: str = "citizen") -> tuple[Entry, ...]:
    """What a reader, citizen or office, may see of the timeline, oldest first."""
    seen = tuple(entry for entry in case.timeline if not entry.hidden)
    if reader != "citizen":
        return tuple(entry for entry in seen if entry.event not in THEIR_OWN)
    undone = {entry.facts.get("assigned") for entry in seen if entry.event == EventName.RECALLED}
    return tuple(entry for entry in seen if entry.event not in INSIDE and entry.sequence not in undone)


def citizen_lines(ctx: Context, case: Case, lang: str) -> list[Line]:
    """The timeline as its citizen reads it, newest first; the report itself stands at its beginning."""
    lines = []
    for entry in reversed(shown(case)):
        text = whole(case.complaint.text if entry.event == EventName.RECEIVED else entry.text)
        at = entry.at or case.complaint.received_at
        words = event_words(ctx, case.complaint, entry, lang)
        photos, left_out = photos_of(case, entry, lang), left_out_words(entry, lang)
        note = noted_words(case.complaint, entry, lang) or moved_words(ctx, case.complaint, entry, lang)
        lines.append(Line(at, words, text, photos=photos, left_out=left_out, note=note))
    return lines


def office_lines(ctx: Context, case: Case) -> list[Line]:
    """The timeline as offices read it, newest first, masked."""
    from workflows.domain.masking import mask

    lines = []
    for entry in reversed(shown(case, "office")):
        text = office_text(entry)
        words = event_words(ctx, case.complaint, entry, "id", reader="office")
        at, photos = entry.at or case.complaint.received_at, photos_of(case, entry, "id", reader="office")
        moved = moved_words(ctx, case.complaint, entry, "id", reader="office")
        note = noted_words(case.complaint, entry, "id") or moved
        lines.append(Line(at, words, mask(text), entry.officer, photos, left_out_words(entry, "id"), note))
    return lines


def office_text(entry: Entry) -> str:
    """What an event says to offices: the words to the citizen, and those that are theirs alone."""
    return "\n".join(filter(None, (entry.text, entry.internal)))


def event_words(ctx: Context, complaint: Complaint, entry: Entry, lang: str, *, reader: str = "citizen") -> str:
    """One sentence for an event; `reader` is citizen, follower or office. An unknown event has a sentence, too."""
    if reader != "office" and (chosen := chosen_words(ctx, complaint, entry, lang)):
        return chosen
    key = _key(complaint, entry)
    theirs = {"office": TO_OFFICES, "follower": TO_FOLLOWERS}.get(reader, {})
    words = theirs.get(key) or WORDS.get(key, UNKNOWN)
    return fill(say(lang, "pages")(words), _facts(ctx, complaint, entry, lang))


def _key(complaint: Complaint, entry: Entry) -> str:
    variant = _variant(complaint, entry)
    key = f"{entry.event}.{variant}"
    return key if key in WORDS else entry.event


def _variant(complaint: Complaint, entry: Entry) -> str:
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
    """The unit an entry speaks of; a letter to one is named by its recipient."""
    return str(facts.get("unit") or (facts.get("to", "") if facts.get("role") == UNIT else ""))


def _rung_variant(facts: dict[str, Any]) -> str:
    if facts.get("to") not in ("department", "desk"):
        return ""
    due, deadline = facts.get("due"), facts.get("deadline")
    return "before" if due and deadline and due < deadline else "deadline"


def _facts(ctx: Context, complaint: Complaint, entry: Entry, lang: str) -> dict[str, str]:
    facts = entry.facts
    desk = say(lang, "pages")("Operator Laksa")
    words = {
        "opd": office(ctx, entry.opd) or desk,
        "why": category_words(ctx, facts.get("category"), lang),
        "unit": unit_name(ctx, _unit(facts)),
        "from": office(ctx, facts.get("from") or entry.opd),
        "to": office(ctx, facts.get("to")),
        "instansi": ctx.labels.institution(facts.get("to") or complaint.external_to)[0],
        "parent": str(facts.get("parent", "")),
    }
    if entry.event == EventName.RUNG:
        words["head"] = rung_title(ctx, complaint, str(facts.get("to")))
    if "score" in facts:
        words["score"] = str(facts["score"])
    if isinstance(facts.get("date"), datetime):
        words["date"] = full_date(facts["date"], lang)
    if isinstance(facts.get("deadline"), datetime):
        words["deadline"] = full_moment(facts["deadline"], lang)
    return words
