"""The department's side: one complaint behind a signed link, and what an officer does with it. The photos of its
latest answers are remembered, as fingerprints and tickets only, so that the desk learns of one used twice.
"""

from __future__ import annotations
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from workflows.acts import perform
from workflows.collection_names import PROOFS, REPORTERS
from workflows.domain.access import Audience, audience_of, seen_by
from workflows.domain.actions.engine import OfficerAct, Rules, hash_files
from workflows.domain.actions.officer import OFFICER_ACTIONS, check
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import DEPARTMENT, HEAD, UNIT, Transition
from workflows.domain.intake.submission import tidy
from workflows.errors import Forbidden, LinkExpired, LinkSuperseded
from workflows.failures import Retryable
from workflows.ports import CaseGrant, Document, Transaction
from workflows.unit_of_work import Complaints, Services, load_or_forbidden

MOST = 200
log = logging.getLogger("laksa")


def proofs_elsewhere(services: Services, ticket: str) -> tuple[str, ...]:
    """Fingerprints of photos in answers to other complaints of the same department; () when the store is away."""
    try:
        complaint = Complaints(services.store).get(ticket)
        opd = complaint.opd if complaint else None
        known = services.store.get(PROOFS, opd) if opd else None
    except Retryable as error:
        log.warning("proofs not read", extra={"error": type(error).__name__})
        return ()
    return tuple(proof["phash"] for proof in (known or {}).get("photos", ()) if proof["ticket"] != ticket)


def remember_proofs(services: Services, answered: Transition) -> None:
    """Store the fingerprints of an answer's photos; a failure is ignored, the answer is out already."""
    case, (entry, *_) = answered.complaint, answered.entries
    named = [photo for photo in case.photos if photo.n in entry.facts.get("photos", ()) and photo.phash]
    new = [{"ticket": case.ticket, "phash": photo.phash} for photo in named]
    opd = case.opd
    if not new or not opd:
        return

    def work(transaction: Transaction) -> None:
        known = transaction.get(PROOFS, opd) or {}
        photos = [*(proof for proof in known.get("photos", ()) if proof not in new), *new]
        transaction.set(PROOFS, opd, known | {"photos": photos[-MOST:]})

    try:
        services.store.transact(work)
    except Retryable as error:
        log.warning("proofs not kept", extra={"error": type(error).__name__})


ROLES = (DEPARTMENT, HEAD, UNIT)


def open_case(services: Services, token: str) -> tuple[CaseGrant, Complaint]:
    """The grant of a token and the complaint as it is; changes nothing, since scanners and prefetchers open links
    too. Forbidden, LinkSuperseded, LinkExpired.
    """
    grant = parse_link(services, token)
    complaint = load_or_forbidden(services.store, grant.ticket)
    check_link(grant, complaint, services.clock.now())
    return grant, seen_by(complaint, audience_of(grant.role))


def parse_link(services: Services, token: str) -> CaseGrant:
    """The grant of an officer's token; Forbidden when it is forged, incomplete, or of another kind."""
    grant = services.links.read_case_token(token)
    if grant.role not in ROLES:
        raise Forbidden
    return grant


def check_link(grant: CaseGrant, complaint: Complaint, now: datetime) -> None:
    """LinkSuperseded when the complaint has left that department, LinkExpired when the date is past."""
    if has_moved_on(grant, complaint):
        raise _superseded(grant, complaint)
    if grant.expires <= now:
        seen = seen_by(complaint, Audience.FORMER)
        raise LinkExpired(seen.ticket, seen.opd or "", seen.renewed.get(grant.role))


def has_moved_on(grant: CaseGrant, complaint: Complaint) -> bool:
    """Whether the complaint has left the office, or the unit, that this link was for."""
    held = complaint.assignment
    if held is None:
        return True
    if grant.role == UNIT:
        return not held.unit or grant.assignment_no != held.unit_key
    return grant.assignment_no != held.assignment_no


def just_left(grant: CaseGrant, complaint: Complaint) -> bool:
    """Whether the complaint has only been with the office to which this link's office gave it. A unit assigns to
    nobody.
    """
    if grant.role == UNIT:
        return False
    return (
        bool(complaint.previous_assignments) and complaint.previous_assignments[-1].assignment_no == grant.assignment_no
    )


def _superseded(grant: CaseGrant, complaint: Complaint) -> LinkSuperseded:
    """Names the department that this link was for, and since when it no longer has the case."""
    complaint = seen_by(complaint, Audience.FORMER)
    known = () if grant.role == UNIT else complaint.previous_assignments
    past = next((each for each in known if each.assignment_no == grant.assignment_no), None)
    return LinkSuperseded(complaint.ticket, past.opd if past else "", complaint.restricted, past and past.until)


def contact_of(services: Services, grant: CaseGrant, complaint: Complaint) -> Document | None:
    """The reporter, for the office that was shown the contact and still has the complaint; None for all others."""
    shown = grant.role in (DEPARTMENT, HEAD) and complaint.reach.contact_shown == grant.assignment_no != 0
    return services.store.get(REPORTERS, complaint.ticket) if shown else None


def perform_action(
    services: Services,
    token: str,
    wanted: OfficerAct,
    uploads: Sequence[bytes] = (),
    blanks: frozenset[str] = frozenset(),
) -> Transition | None:
    """Carry out an officer's action once, with the photos sent along; None when this link has done the same
    before. `blanks`: placeholders of the canned answers that an answer must have filled in. InvalidInput,
    Forbidden, LinkSuperseded, LinkExpired (except for renew), ActionNotPossible, DraftChanged.
    """
    grant = parse_link(services, token)
    uploads = uploads if OFFICER_ACTIONS.find(wanted.action, grant.role).photo_suffices else ()
    request = replace(wanted, role=grant.role, message=tidy(wanted.message), uploads=hash_files(uploads))
    check(request, blanks)
    proves = wanted.action == "answer" and grant.role != UNIT and bool(uploads or wanted.draft_photos)
    rules = Rules(services.policy, services.directory, proofs_elsewhere(services, grant.ticket) if proves else ())

    def decided(complaint: Complaint, sent: OfficerAct, now: datetime) -> Transition | None:
        return decide(complaint, sent, grant, rules, now)

    change = perform(services, grant.ticket, request, decided, uploads, check)
    if change and proves:
        remember_proofs(services, change)
    return change


def decide(
    complaint: Complaint, wanted: OfficerAct, grant: CaseGrant, rules: Rules, now: datetime
) -> Transition | None:
    """Pure: the transition of an officer's action, None for a repeat, or the error why it is impossible."""
    request = replace(wanted, link=(grant.role, str(grant.assignment_no)))
    return OFFICER_ACTIONS.decide(complaint, request, rules, now, partial(check_link, grant))
