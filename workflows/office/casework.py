"""The department's part: one case behind a signed link, and what an officer does with it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from workflows.collection_names import REPORTERS
from workflows.domain.act_mark import ActMark, allow, mark_of_act, mark_of_files, once
from workflows.domain.change import DEPARTMENT, HEAD, UNIT, Change
from workflows.domain.complaint import Complaint
from workflows.domain.office_act import OfficerAct, Rules
from workflows.domain.officer_acts import ACTS, PHOTO_WILL_DO, carried_out, check, possible
from workflows.domain.renewing import renew
from workflows.domain.submission import tidy
from workflows.domain.taking_photos import with_photos
from workflows.errors import FieldError, Forbidden, InvalidInput, LinkExpired, LinkSuperseded
from workflows.office.proofs import proofs_elsewhere, remember_proofs
from workflows.photos import keeping, store_photos
from workflows.ports import Document, Right
from workflows.unit_of_work import Services, apply_or_forbidden, load_or_forbidden

ROLES = (DEPARTMENT, HEAD, UNIT)


def open_case(ports: Services, token: str) -> tuple[Right, Complaint]:
    """The right a token gives and the complaint as it stands; changes nothing.

    Forbidden, LinkSuperseded, LinkExpired. Opened by a person, a scanner or a prefetch alike.
    """
    right = read_right(ports, token)
    complaint = load_or_forbidden(ports.store, right.ticket)
    judge(right, complaint, ports.clock.now())
    return right, complaint


def read_right(ports: Services, token: str) -> Right:
    """The right in an officer's token; Forbidden when it is forged, cut, or of another kind."""
    right = ports.links.read_case_token(token)
    if right.role not in ROLES:
        raise Forbidden
    return right


def judge(right: Right, complaint: Complaint, now: datetime) -> None:
    """LinkSuperseded when the case has left that department, LinkExpired when the date is past."""
    if has_moved_on(right, complaint):
        raise _superseded(right, complaint)
    if right.expires <= now:
        raise LinkExpired(complaint.ticket, complaint.opd or "", complaint.renewed.get(right.role))


def has_moved_on(right: Right, complaint: Complaint) -> bool:
    """The case is no longer with the office, or the unit, that this link was for."""
    held = complaint.assignment
    if held is None:
        return True
    if right.role == UNIT:
        return not held.unit or right.generation != held.unit_key
    return right.generation != held.generation


def just_left(right: Right, complaint: Complaint) -> bool:
    """Nobody has had it since but whom this link's office gave it to. A unit gives a case to nobody."""
    if right.role == UNIT:
        return False
    return bool(complaint.past_hands) and complaint.past_hands[-1]["generation"] == right.generation


def _superseded(right: Right, complaint: Complaint) -> LinkSuperseded:
    """Names the department that this link was for, and since when it no longer has the case."""
    known = [] if right.role == UNIT else complaint.past_hands
    past = next((h for h in known if h["generation"] == right.generation), {})
    return LinkSuperseded(complaint.ticket, past.get("opd", ""), complaint.restricted, past.get("until"))


def contact_of(ports: Services, right: Right, complaint: Complaint) -> Document | None:
    """The reporter, for the office that was shown the contact and still has the case; None for everybody else."""
    shown = right.role in (DEPARTMENT, HEAD) and complaint.contact_shown == right.generation != 0
    return ports.store.get(REPORTERS, complaint.ticket) if shown else None


def act(
    ports: Services,
    token: str,
    wanted: OfficerAct,
    uploads: Sequence[bytes] = (),
    blanks: frozenset[str] = frozenset(),
) -> Change | None:
    """Carry out an officer's act once, with the photos sent along; None when this link has done the same before.

    blanks: of the canned answers, which an answer has to have filled in.
    InvalidInput, Forbidden, LinkSuperseded, LinkExpired (but for renew), ActionNotPossible, DraftChanged.
    """
    right = read_right(ports, token)
    uploads = uploads if wanted.action in PHOTO_WILL_DO else ()
    wanted = replace(wanted, role=right.role, message=tidy(wanted.message), uploads=mark_of_files(uploads))
    if wanted.action not in (*ACTS, "renew"):
        raise InvalidInput([FieldError("action", "bad_choice")])
    check(wanted, blanks)
    proves = wanted.action == "answer" and right.role != UNIT and bool(uploads or wanted.draft_photos)
    proofs = proofs_elsewhere(ports, right.ticket) if proves else ()
    change = _act(ports, right, wanted, Rules(ports.policy, ports.directory, proofs), uploads)
    if change and proves:
        remember_proofs(ports, change)
    return change


def _act(
    ports: Services, right: Right, wanted: OfficerAct, rules: Rules, uploads: Sequence[bytes]
) -> Change | None:
    if uploads:
        return _act_with_photos(ports, right, wanted, rules, uploads)
    return apply_or_forbidden(ports, right.ticket, lambda c, now: decide(c, wanted, right, rules, now))


def _act_with_photos(
    ports: Services, right: Right, wanted: OfficerAct, rules: Rules, uploads: Sequence[bytes]
) -> Change | None:
    """Photos are stored for an act that is possible; where none of them is one, it needs words after all."""
    if decide(load_or_forbidden(ports.store, right.ticket), wanted, right, rules, ports.clock.now()) is None:
        return None
    stored = store_photos(ports, right.ticket, right.role, uploads)

    def step(complaint: Complaint, now: datetime) -> Change | None:
        case, numbers = with_photos(complaint, stored.photos)
        sent = replace(wanted, photos=numbers, left_out=stored.left_out)
        check(replace(sent, uploads=""))
        return decide(case, sent, right, rules, now)

    return keeping(ports, right.ticket, stored, lambda: apply_or_forbidden(ports, right.ticket, step))


def decide(complaint: Complaint, wanted: OfficerAct, right: Right, rules: Rules, now: datetime) -> Change | None:
    """Pure: the change an officer's act makes, None for a repeat, or why it cannot be."""
    if wanted.action == "renew":
        return _renew(complaint, right, now)

    def act() -> Change | None:
        judge(right, complaint, now)
        allow(wanted.action, complaint, possible(complaint, wanted.role))
        return carried_out(complaint, wanted, rules, now)

    return once(complaint, _mark(complaint, wanted, right), now, act)


def _renew(complaint: Complaint, right: Right, now: datetime) -> Change | None:
    """An expired link still takes this one act; a superseded one takes none."""
    with suppress(LinkExpired):
        judge(right, complaint, now)
    return renew(complaint, right.role, now)


def _mark(complaint: Complaint, wanted: OfficerAct, right: Right) -> ActMark:
    """What was asked by which office's link, whoever's name was typed beside it; an objection makes it new."""
    asked = (wanted.message, wanted.outcome, wanted.date, wanted.to, wanted.reason, wanted.uploads)
    drafted = (wanted.draft,) if wanted.draft_photos else ()
    link = (right.role, str(right.generation))
    return mark_of_act(wanted.action, *asked, *link, *drafted, stage=str(complaint.disputes))
