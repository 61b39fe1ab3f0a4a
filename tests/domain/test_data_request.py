"""A citizen's request about their own data, and its clock of 72 hours."""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.builders import MONDAY, complaint
from workflows.domain.complaint.model import STATES
from workflows.domain.complaint.transition import CITIZEN, Transition
from workflows.domain.documents import read_record
from workflows.domain.privacy.data_request import (
    ANSWER_WITHIN,
    COPY,
    CORRECTION,
    ERASURE,
    KINDS,
    MESSAGE_MAX,
    REFUSED,
    DataAct,
    DataAnswer,
    DataRequest,
    after_erasure,
    ask,
    check_act,
    check_answer,
    settle,
)
from workflows.errors import InvalidInput


def asked(kind: str = COPY, message: str = "Nama saya Siti.", at: datetime = MONDAY) -> tuple[Transition, DataRequest]:
    made = ask(complaint(), None, DataAct(kind, message), at)
    assert made and made[0]
    return made[0], made[1]


@pytest.mark.parametrize("state", STATES)
def test_it_can_be_asked_in_every_state_and_is_due_after_72_hours(state: str) -> None:
    made = ask(complaint(state=state), None, DataAct(COPY), MONDAY)
    assert made and made[0]
    change, request = made[0], made[1]
    assert request.due_at == MONDAY + timedelta(hours=72)
    assert change.complaint.state == state
    assert [(r.template, r.role) for r in change.notices] == [("data_asked", CITIZEN)]


def test_its_words_are_not_on_the_timeline() -> None:
    change, request = asked(CORRECTION, "Nama saya Siti Zubaedah.")
    assert "Siti" not in str(change)
    assert request.message == "Nama saya Siti Zubaedah."


def test_a_request_is_stored_whole_and_its_alarm_only_while_it_waits() -> None:
    _, request = asked()
    assert read_record(DataRequest, request.to_document()) == request
    assert "due_at" not in replace(request, due_at=None).to_document()


def test_the_same_again_changes_nothing_and_more_words_move_no_clock() -> None:
    change, request = asked()
    later = MONDAY + timedelta(hours=5)
    assert ask(change.complaint, request, DataAct(COPY, "Nama saya Siti."), later) is None
    more = ask(change.complaint, request, DataAct(COPY, "Juga fotonya."), later)
    assert more == (None, replace(request, message="Nama saya Siti.\n\nJuga fotonya."))


@pytest.mark.parametrize("words", ["Nama saya Siti.", "Sekali lagi.", ""])
def test_after_the_answer_it_can_be_asked_again_that_day_in_the_same_words(words: str) -> None:
    change, request = asked()
    done = settle(change.complaint, request, DataAnswer("done", "Terkirim."), MONDAY)
    assert done and done[0]
    case, settled, later = done[0].complaint, done[1], MONDAY + timedelta(hours=3)
    anew = ask(case, settled, DataAct(COPY, words), later)
    assert anew and anew[0] and anew[1].due_at == later + ANSWER_WITHIN
    assert ask(anew[0].complaint, anew[1], DataAct(COPY, words), later) is None


@pytest.mark.parametrize(
    "act", [DataAct(""), DataAct("x"), DataAct(CORRECTION), DataAct(COPY, "x" * (MESSAGE_MAX + 1)), DataAct(COPY, "\0")]
)
def test_what_nobody_can_work_with_is_refused(act: DataAct) -> None:
    with pytest.raises(InvalidInput):
        check_act(act)


@pytest.mark.parametrize("answer", [DataAnswer("x", "Ya."), DataAnswer("done"), DataAnswer("", "Ya.")])
def test_an_answer_has_a_result_and_words(answer: DataAnswer) -> None:
    with pytest.raises(InvalidInput):
        check_answer(answer)


@pytest.mark.parametrize(("kind", "result"), [(COPY, "done"), (CORRECTION, REFUSED), (ERASURE, REFUSED)])
def test_an_answer_settles_it_and_forgets_what_was_written(kind: str, result: str) -> None:
    change, request = asked(kind)
    done = settle(change.complaint, request, DataAnswer(result, "Sudah kami kirim."), MONDAY)
    assert done and done[0]
    assert (done[1].due_at, done[1].message, done[1].result, done[1].done_at) == (None, "", result, MONDAY)
    assert done[0].entries[0].text == "Sudah kami kirim."
    assert settle(done[0].complaint, done[1], DataAnswer(result, "Sudah kami kirim."), MONDAY) is None
    with pytest.raises(InvalidInput):
        settle(done[0].complaint, done[1], DataAnswer(result, "Lain."), MONDAY)


def test_a_promised_erasure_keeps_its_clock_until_it_is_done() -> None:
    change, request = asked(ERASURE)
    done = settle(change.complaint, request, DataAnswer("done", "Hari ini."), MONDAY)
    assert done and done[1].due_at == request.due_at and done[1].told_at == MONDAY
    later = MONDAY + timedelta(hours=20)
    more = ask(done[0].complaint, done[1], DataAct(ERASURE, "Fotonya juga."), later) if done[0] else None
    assert more == (None, replace(done[1], message="Fotonya juga."))
    assert ask(complaint(), more[1], DataAct(ERASURE, "Fotonya juga."), later) is None
    erased = after_erasure(done[1], whole=False, hide="", now=MONDAY)
    assert (erased.due_at, erased.result) == (None, "erased")
    assert after_erasure(erased, whole=True, hide="", now=MONDAY + timedelta(1)) == erased


@pytest.mark.parametrize("kind", KINDS)
def test_without_words_there_is_no_request_without_a_writer_no_erasure(kind: str) -> None:
    _, request = asked(kind)
    gone = after_erasure(request, whole=True, hide="Nama saya …", now=MONDAY)
    assert (gone.due_at, gone.message) == (None, "")
    part = after_erasure(request, whole=False, hide="Nama saya …", now=MONDAY)
    assert (part.due_at is None) == (kind == ERASURE)
    assert "Siti" not in part.message
