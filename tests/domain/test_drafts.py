"""A draft may come again before it is sent: nothing of the earlier one is lost, nothing goes out unseen."""

from __future__ import annotations
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from tests.builders import MONDAY, RULES, complaint, held
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.actions.officer import answer, check, draft, draft_of
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.records import PhotoFacts
from workflows.domain.complaint.transition import DEPARTMENT, HEAD, UNIT, Transition
from workflows.domain.notifications.inbound_reply import BY_MAIL, MailReply, office_reply
from workflows.domain.notifications.notice import Notice
from workflows.errors import ActionNotPossible, DraftChanged, InvalidInput
from workflows.office.casework import decide
from workflows.ports import CaseGrant

WORDS = "Sudah kami ganti pagi ini."
TICKET = complaint().ticket
ANNEX = "DLH-ANGKUT"


def with_draft(number: int = 7, **more: Any) -> Complaint:
    """A case that one of DLH's units works on, with a draft of that number."""
    facts = {"photos": (2,), "sequence": number, **more}
    kept = draft_of(WORDS, "done", UNIT, "", MONDAY, **facts)
    case = complaint(State.IN_PROGRESS, assignment=held(unit=ANNEX, unit_key=1))
    return case.evolve(sequence=number, draft=kept)


def by_mail(case: Complaint, words: str, photos: int = 0, role: str = DEPARTMENT, **more: Any) -> Complaint:
    """The case after a reply by mail with that many photos."""
    to = ANNEX if role == UNIT else "DLH"
    notice = Notice("n", TICKET, 1, "new_case", role, to, assignment_no=1)
    new = tuple(PhotoFacts(0, role, name=f"{n}.jpg") for n in range(photos))
    change = office_reply(case, MailReply(notice, words, photos=new, **more), MONDAY)
    assert isinstance(change, Transition)
    return change.complaint


def sending(seen: str = "7", photos: bool = True, role: str = DEPARTMENT, **more: Any) -> OfficerAct:
    return OfficerAct("answer", role, message=WORDS, draft=seen, draft_photos=photos, **more)


def test_a_draft_that_was_seen_goes_out_with_its_photos_or_without() -> None:
    for photos, sent in ((True, [2]), (False, None)):
        change = answer(with_draft(), sending(photos=photos), RULES, MONDAY)
        assert change.complaint.state == State.ANSWERED
        assert change.entries[0].facts.get("photos") == sent


@pytest.mark.parametrize("role", [DEPARTMENT, HEAD])
@pytest.mark.parametrize(
    ("seen", "photos"), [*product(("6", "x", "07"), (True, False)), ("", True), ("0", False)], ids=str
)
def test_nobody_answers_past_a_draft_they_have_not_seen(role: str, seen: str, photos: bool) -> None:
    case = with_draft()
    with pytest.raises(DraftChanged) as refused:
        answer(case, sending(seen, photos, role), RULES, MONDAY)
    assert refused.value.draft == case.draft


def test_a_draft_that_is_gone_is_said_to_be_gone_unless_none_was_shown() -> None:
    with pytest.raises(DraftChanged) as refused:
        answer(complaint(State.IN_PROGRESS), sending(), RULES, MONDAY)
    assert refused.value.draft is None
    assert (
        answer(complaint(State.IN_PROGRESS), sending("0", photos=False), RULES, MONDAY).complaint.state
        == State.ANSWERED
    )


def test_whoever_names_no_draft_answers_in_their_own_words() -> None:
    change = answer(with_draft(), sending("", photos=False), RULES, MONDAY)
    assert (change.complaint.state, change.complaint.draft) == (State.ANSWERED, None)


def test_a_case_that_was_answered_meanwhile_is_that_first() -> None:
    done = answer(with_draft(), sending(), RULES, MONDAY).complaint
    grant = CaseGrant(TICKET, DEPARTMENT, 1, MONDAY.replace(year=2030))
    with pytest.raises(ActionNotPossible):
        decide(done, replace(sending("6"), message="Lain."), grant, RULES, MONDAY)


def test_a_unit_mends_its_draft_whatever_its_form_showed() -> None:
    case = with_draft()
    change = draft(case, sending("6", role=UNIT), RULES, MONDAY)
    assert change.complaint.draft and change.complaint.draft.sequence == 8


def test_a_draft_says_which_one_it_replaces_and_so_does_its_line() -> None:
    change = draft(with_draft(), OfficerAct("answer", UNIT, message="Kini selesai."), RULES, MONDAY)
    assert change.complaint.draft and change.complaint.draft.replaces == 7
    assert (change.entries[0].facts["replaces"], change.entries[0].internal) == (7, "Kini selesai.")
    first = draft(complaint(State.IN_PROGRESS), OfficerAct("answer", UNIT, message=WORDS), RULES, MONDAY)
    assert first.complaint.draft and not first.complaint.draft.replaces and "replaces" not in first.entries[0].facts


def test_newer_words_by_mail_replace_the_draft_and_keep_its_photos() -> None:
    after = by_mail(with_draft(), "Besok diangkut.").draft
    assert after and (after.text, after.by, after.photos) == ("Besok diangkut.", BY_MAIL, (2,))
    assert (after.replaces, after.sequence) == (7, 8)


def test_newer_photos_replace_the_drafts_where_newer_words_come_with_them() -> None:
    after = by_mail(with_draft(), "Besok diangkut.", photos=1).draft
    assert after and after.photos == (1,)


def test_a_photo_that_comes_after_the_words_is_added_to_them() -> None:
    after = by_mail(with_draft(), "", photos=1).draft
    assert after and (after.text, after.by, after.photos) == (WORDS, UNIT, (2, 1))
    assert (after.sequence, bool(after.replaces)) == (8, False)


def test_a_file_that_cannot_be_used_leaves_the_draft_as_it_was() -> None:
    left_out = ({"n": 1, "why": "not_a_photo", "name": "surat.pdf"},)
    for words in ("", WORDS):
        case = by_mail(with_draft(), words, left_out=left_out)
        assert case.draft and (case.draft.text, case.draft.photos) == (WORDS, (2,))


def test_another_unit_s_draft_does_not_send_the_photos_of_the_first() -> None:
    for first, kept in ((ANNEX, (2,)), ("DLH-TPA", ())):
        after = by_mail(with_draft(unit=first), "Kami cek lagi.", role=UNIT).draft
        assert after and (after.unit, after.photos) == (ANNEX, kept)


def test_a_drafted_photo_alone_is_an_answer_and_a_draft_without_one_is_not() -> None:
    wordless = replace(sending(), message="")
    check(wordless)
    assert answer(with_draft(), wordless, RULES, MONDAY).complaint.answer.proofs == (2,)
    with pytest.raises(InvalidInput):
        answer(with_draft(photos=[]), wordless, RULES, MONDAY)
