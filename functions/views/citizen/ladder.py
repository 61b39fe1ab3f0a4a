"""The ladder on the citizen's and the follower's page: who had the complaint, who has it now and until when, who
is next.
"""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime

from functions.views.citizen.followed import ITS_CITIZEN, follower_label
from functions.views.shared.context import CaseView, Context
from functions.views.shared.rendering import Say, capitalize, fill_blanks, full_moment, short_date, translator
from functions.views.shared.status_text import (
    TITLED,
    by_objection,
    escalated_levels,
    level_title,
    levels_of_holder,
    next_step,
    office_name,
    people_ahead,
)
from functions.views.shared.strings import N_
from workflows.domain.actions.citizen import possible
from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.transition import DESK
from workflows.domain.escalation.schedule import schedule_of
from workflows.frozen import frozen

UNTIL = N_("Sekarang, sampai {until}.")
OVERDUE = N_("Sekarang, lewat batas waktu {until}.")


@frozen
class LadderWords:
    """The words of a ladder at one moment in one language. `translate`: the catalogue of the calling file's
    sentences.
    """

    ctx: Context
    lang: str
    translate: Say

    def say(self, words: str, **facts: str) -> str:
        """A sentence with its placeholders filled."""
        return fill_blanks(self.translate(words), facts)

    def day(self, at: datetime | None) -> str:
        """A short date."""
        return short_date(at, self.lang) if at else "–"

    def moment(self, at: datetime | None) -> str:
        """A full date with the time."""
        return full_moment(at, self.lang) if at else "–"

    def until(self, deadline: datetime | None) -> str:
        """“until <deadline>” for the current assignee, or “overdue since …”."""
        late = deadline is not None and deadline <= self.ctx.now
        return fill_blanks(translator(self.lang, "pages")(OVERDUE if late else UNTIL), {"until": self.moment(deadline)})


PAST, NOW, COMING = "past", "now", "coming"

ON_DAY = N_("Sekarang, dijadwalkan {until}.")
SINCE = N_("Sekarang, sejak {at}.")
IF_LATE = N_("Bila belum ada jawaban sampai {at}")
NEXT_IF_LATE = N_("Berikutnya, bila belum ada jawaban sampai {at}")
IF_NOT_CHOSEN = N_("Bila operator belum memilih OPD sampai {at}")
IF_DISPUTED = N_("Berikutnya, bila Anda menyatakan belum selesai")
STILL_ANSWERS = N_("Tetap yang menjawab, paling lambat {until}")
STILL_ANSWERS_LATE = N_("Tetap yang menjawab; batas waktu {until} sudah lewat")
STILL_CHOOSES = N_("Tetap yang memilih OPD; batas waktu {until} sudah lewat")
OBJECTED = N_(
    "Karena keberatan Anda, laporan naik ke {head}. Ini bukan hukuman bagi siapa pun; {head} diminta "
    "memastikan jawabannya benar."
)
DECISIONS = frozenset({"assigned", "external", "archived", "answered", "merged"})
"""Events by which an operator decides on a complaint; not a call, nor an answer to a data request."""
ENDS = {
    State.CLOSED: N_("Selesai"),
    State.REJECTED: N_("Diarsipkan"),
    State.MERGED: N_("Digabung"),
    State.WITHDRAWN: N_("Ditarik"),
}


@frozen
class LadderStep:
    """One step: who, an important line, an optional line; state past, now or coming."""

    name: str
    state: str
    lead: str = ""
    note: str = ""


def ladder_steps(ctx: Context, case: CaseView, lang: str) -> list[LadderStep]:
    """From Laksa to the mayor; exactly one step is now."""
    view = _view(ctx, case, lang)
    state = case.complaint.state
    if state == State.RECEIVED:
        return [view.laksa(NOW), *view.nobody_yet()]
    before = behind_steps(ctx, case, lang)
    if state == State.AT_DESK or state in WITH_DEPARTMENT:
        return [*before, *view.holder_and_above()]
    before += view.answered_by()
    if state == State.ANSWERED:
        return [*before, view.citizen(), *view.above_the_answer()]
    return [*before, view.end()]


def coming_steps(ctx: Context, case: CaseView, lang: str) -> list[LadderStep]:
    """Who is next if the present holder is late."""
    return _view(ctx, case, lang).coming()


def behind_steps(ctx: Context, case: CaseView, lang: str) -> list[LadderStep]:
    """Laksa, and the operator if one has decided: the past of every complaint that has left the desk."""
    view = _view(ctx, case, lang)
    return [view.laksa(PAST), *view.operator()]


def _view(ctx: Context, case: CaseView, lang: str) -> _View:
    return _View(ctx, lang, translator(lang, "pages"), case)


def _past(step: LadderStep) -> LadderStep:
    return replace(step, state=PAST, lead="")


@frozen
class _View(LadderWords):
    case: CaseView

    def laksa(self, state: str) -> LadderStep:
        complaint = self.case.complaint
        if state == PAST:
            return LadderStep(
                "Laksa", PAST, note=self.say(N_("Menerima laporan, {at}"), at=self.day(complaint.received_at))
            )
        days = self.ctx.policy.desk_days
        until = self.ctx.policy.calendar().add_working_days(complaint.noted_at, days)
        note = self.say(N_("Laksa memilih OPD yang berwenang."))
        return LadderStep("Laksa", NOW, self.say(UNTIL, until=self.moment(until)), note)

    def nobody_yet(self) -> list[LadderStep]:
        notes = (
            (N_("OPD yang berwenang"), N_("Berikutnya")),
            (N_("Kepala OPD"), N_("Bila OPD lewat batas waktu")),
            (N_("Sekretaris Daerah"), N_("Bila tetap belum dijawab")),
            (N_("Wali Kota"), N_("Jenjang terakhir di kota")),
        )
        return [LadderStep(capitalize(self.say(name)), COMING, note=self.say(note)) for name, note in notes]

    def operator(self) -> list[LadderStep]:
        """The operator as a past step, if one has decided on this complaint."""
        decided = [e.at for e in self.case.timeline if e.by == DESK and e.event in DECISIONS and e.at]
        if not decided or self.case.complaint.state == State.AT_DESK:
            return []
        note = self.say(N_("Membaca dan memutuskan, {at}"), at=self.day(decided[-1]))
        return [LadderStep(self.say(N_("Operator Laksa")), PAST, note=note)]

    def holder_and_above(self) -> list[LadderStep]:
        """The holder, then the escalation levels; the highest one reached is now."""
        reached = self._all_reached()
        if self.case.complaint.state == State.WAITING:
            return [*self._asked([_past(step) for step in reached]), *self._undated()]
        holder = self._holder()
        if reached:
            holder = replace(holder, state=PAST, lead="", note=self._still_answers())
            reached = [_past(step) for step in reached[:-1]] + reached[-1:]
        return [holder, *reached, *self._chosen(), *self.coming()]

    def _all_reached(self) -> list[LadderStep]:
        moments = escalated_levels(self.ctx, self.case)
        up = [r for r in levels_of_holder(self.ctx, self.case) if r.to in TITLED and r.name in moments]
        return [self._reached(r.name, r.to, moments[r.name]) for r in up]

    def _asked(self, above: list[LadderStep]) -> list[LadderStep]:
        """While the citizen is asked it is their turn; the department continues afterwards in any case."""
        complaint = self.case.complaint
        name = office_name(self.ctx, complaint.opd)
        lead = self.say(UNTIL, until=self.moment(complaint.deadlines.ask_until))
        return [
            LadderStep(name, PAST, note=self.say(N_("Bertanya kepada Anda; batas waktunya berhenti selama itu."))),
            *above,
            LadderStep(self.say(N_("Anda")), NOW, lead, self.say(N_("Jawab pertanyaan {opd}."), opd=name)),
            LadderStep(name, COMING, note=self.say(N_("Berikutnya, juga bila Anda tidak menjawab"))),
        ]

    def _undated(self) -> list[LadderStep]:
        """The coming levels while no clock runs."""
        note = self.say(N_("Bila OPD lewat batas waktu"))
        titles = [level_title(self.ctx, self.case.complaint, r.to) for r in people_ahead(self.ctx, self.case)]
        return [LadderStep(title, COMING, note=note) for title in titles]

    def _chosen(self) -> list[LadderStep]:
        """While the complaint is at the desk, its department is a coming step."""
        if self.case.complaint.state != State.AT_DESK:
            return []
        return [LadderStep(self.say(N_("OPD yang dipilih operator")), COMING, note=self.say(N_("Berikutnya")))]

    def _holder(self) -> LadderStep:
        complaint = self.case.complaint
        if complaint.state == State.AT_DESK:
            lead = self.until(complaint.deadlines.desk_by)
            return LadderStep(
                self.say(N_("Operator Laksa")), NOW, lead, self.say(N_("Membaca laporan dan memilih OPD."))
            )
        name = office_name(self.ctx, complaint.opd)
        if complaint.state == State.SCHEDULED:
            return LadderStep(
                name, NOW, self.say(ON_DAY, until=self.day(complaint.deadlines.scheduled_for)), self._accepted()
            )
        return LadderStep(name, NOW, self.until(complaint.deadlines.answer_by), self._accepted())

    def _accepted(self) -> str:
        held = self.case.complaint.assignment
        if held is None:
            return ""
        if held.acknowledged_at:
            return self.say(N_("Menerima laporan pada {at}."), at=self.day(held.acknowledged_at))
        return self.say(N_("Harus menerima laporan paling lambat {at}."), at=self.moment(held.ack_by))

    def _still_answers(self) -> str:
        complaint = self.case.complaint
        if complaint.state == State.AT_DESK:
            return self.say(STILL_CHOOSES, until=self.moment(complaint.deadlines.desk_by))
        late = complaint.deadlines.answer_by is not None and complaint.deadlines.answer_by <= self.ctx.now
        return self.say(STILL_ANSWERS_LATE if late else STILL_ANSWERS, until=self.moment(complaint.deadlines.answer_by))

    def _reached(self, rung: str, to: str, at: datetime) -> LadderStep:
        name = level_title(self.ctx, self.case.complaint, to)
        found = next(r for r in levels_of_holder(self.ctx, self.case) if r.name == rung)
        note = self.say(N_("Tahu bahwa batas waktunya lewat."))
        if by_objection(self.case, found):
            note = self.say(OBJECTED, head=name)
        return LadderStep(name, NOW, self.say(SINCE, at=self.moment(at)), note)

    def coming(self) -> list[LadderStep]:
        complaint = self.case.complaint
        ahead = [s for s in schedule_of(complaint, self.ctx.policy).pending if s.rung.to in TITLED]
        at_desk = complaint.state == State.AT_DESK
        coming: list[LadderStep] = []
        for step in ahead:
            words = IF_LATE if coming else NEXT_IF_LATE
            note = self.say(IF_NOT_CHOSEN if at_desk else words, at=self.day(step.at))
            coming.append(LadderStep(level_title(self.ctx, complaint, step.rung.to), COMING, note=note))
        return coming

    def answered_by(self) -> list[LadderStep]:
        """The department as a past step, if it has answered."""
        complaint = self.case.complaint
        if complaint.assignment is None:
            return []
        note = (
            self.say(N_("Menjawab, {at}"), at=self.day(complaint.answer.answered_at))
            if complaint.answer.answered_at
            else ""
        )
        return [LadderStep(office_name(self.ctx, complaint.opd), PAST, note=note)]

    def citizen(self) -> LadderStep:
        step = next_step(self.ctx, self.case.complaint, self.lang)
        note = self.say(N_("Bila Anda tidak memilih, {then}."), then=step.then)
        return LadderStep(self.say(N_("Anda")), NOW, self.say(UNTIL, until=self.moment(step.until)), note)

    def above_the_answer(self) -> list[LadderStep]:
        complaint = self.case.complaint
        up = people_ahead(self.ctx, self.case)
        notes = [self.say(IF_DISPUTED)] + [self.say(N_("Bila tetap belum dijawab"))] * len(up)
        names = [level_title(self.ctx, complaint, rung.to) for rung in up]
        return [LadderStep(name, COMING, note=note) for name, note in zip(names, notes, strict=False)]

    def end(self) -> LadderStep:
        complaint = self.case.complaint
        name = self.ctx.labels.institution(complaint.external_to)[0] or self.say(N_("Instansi lain"))
        if complaint.state != State.EXTERNAL:
            name = self.say(ENDS.get(complaint.state, "Laksa"))
        open_to_objection = "dispute" in possible(complaint)
        note = self.say(N_("Anda tetap dapat menyatakan keberatan.")) if open_to_objection else ""
        at = self.moment(complaint.erasure.ended_at or complaint.updated_at)
        return LadderStep(name, NOW, self.say(SINCE, at=at), note)


OPERATOR = N_("Operator Laksa")
MERGED = N_("Digabung dengan {parent}")
TOGETHER = N_("Keduanya dikerjakan bersama, sejak {at}")
WORKS = N_("Mengerjakan laporan {parent}.")
CHOOSES = N_("Membaca laporan {parent} dan memilih OPD.")
REPLIES = N_("Menjawab pertanyaan {opd}.")
CONFIRMS = N_("Menyatakan apakah sudah selesai. Anda dapat menyatakan keberatan sendiri.")
OBJECT = N_("Anda tetap dapat menyatakan keberatan.")


def followed_steps(ctx: Context, case: CaseView, parent: CaseView, lang: str) -> list[LadderStep]:
    """From Laksa to the parent's present holder and the next one; exactly one step is now."""
    words = LadderWords(ctx, lang, translator(lang, "pages"))
    facts = {"parent": parent.complaint.ticket, "at": words.day(case.complaint.erasure.ended_at)}
    merged = LadderStep(words.say(MERGED, **facts), PAST, note=words.say(TOGETHER, **facts))
    holds = parent.complaint.state in {State.AT_DESK, *WITH_DEPARTMENT} - {State.WAITING}
    coming = coming_steps(ctx, parent, lang) if holds else []
    return [*behind_steps(ctx, case, lang), merged, _now(words, parent.complaint), *coming]


def _now(words: LadderWords, parent: Complaint) -> LadderStep:
    facts = {"parent": parent.ticket, "opd": office_name(words.ctx, parent.opd)}
    if parent.state == State.SCHEDULED:
        lead = words.say(ON_DAY, until=words.day(parent.deadlines.scheduled_for))
        return LadderStep(facts["opd"], NOW, lead, words.say(WORKS, **facts))
    if parent.state in {State.AT_DESK, State.ANSWERED, *WITH_DEPARTMENT}:
        who, until, does = _owing(parent)
        return LadderStep(words.say(who, **facts), NOW, words.until(until), words.say(does, **facts))
    since = words.say(SINCE, at=words.moment(parent.erasure.ended_at or parent.updated_at))
    return LadderStep(capitalize(follower_label(words.ctx, parent, words.lang)), NOW, since, words.say(OBJECT))


def _owing(parent: Complaint) -> tuple[str, datetime | None, str]:
    """(whose turn it is, until when, what they do)."""
    if parent.state == State.AT_DESK:
        return OPERATOR, parent.deadlines.desk_by, CHOOSES
    if parent.state == State.WAITING:
        return ITS_CITIZEN, parent.deadlines.ask_until, REPLIES
    if parent.state == State.ANSWERED:
        return ITS_CITIZEN, parent.answer.confirm_by, CONFIRMS
    return "{opd}", parent.deadlines.answer_by, WORKS
