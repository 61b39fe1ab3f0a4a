"""The routing step: a received complaint is assigned to its department or goes to the desk."""

from __future__ import annotations
from datetime import datetime

from workflows.domain.access import excluded_offices
from workflows.domain.actions.assign import assign, to_desk, to_external
from workflows.domain.actions.engine import Rules
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import CITIZEN, LAKSA, EventName, NoticeRequest, TimelineEvent, Transition
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.privacy.redaction import untagged
from workflows.routing.decide import decide
from workflows.routing.model import Decision, Letter
from workflows.routing.table import RoutingTable
from workflows.unit_of_work import Services, apply_transition


def route(services: Services, ticket: str, table: RoutingTable) -> Transition | None:
    """Route one complaint; one that was routed already is left unchanged (None)."""
    rules = Rules(services.policy, table.departments)

    def step(complaint: Complaint, now: datetime) -> Transition | None:
        if not complaint.awaiting_routing:
            return None
        decision = decide(letter_of(complaint), table)
        if complaint.state == State.MERGED:
            return read_follower(complaint, decision, rules, now)
        return apply_decision(complaint, decision, rules, now)

    return apply_transition(services, ticket, step)


def letter_of(complaint: Complaint) -> Letter:
    """The parts of a complaint that the router reads."""
    return Letter(untagged(complaint.text), untagged(complaint.place), complaint.kelurahan, complaint.kind)


def apply_decision(complaint: Complaint, decision: Decision, rules: Rules, now: datetime) -> Transition:
    """The transition for a decision: clear complaints are assigned; unclear and suspicious ones go to a person.
    One that no operator may read goes to the office that hears it, even if suspicious; the mark stays, so that its
    reporter gets no mail.
    """
    known = _known(complaint, decision, rules)
    if complaint.quarantine and decision.desk:
        return to_desk(known, _at_desk("quarantine"), rules, now)
    if decision.confident and decision.opd == "EXTERNAL" and decision.external:
        # danger is phoned by an operator first: no mail points it to somebody else
        if known.urgent and decision.desk:
            return to_desk(known, _at_desk("danger"), rules, now, NoticeRequest(NoticeName.RECEIPT, CITIZEN))
        entry = TimelineEvent(EventName.EXTERNAL, LAKSA, facts={"to": decision.external})
        return to_external(known, decision.external, entry, now, "receipt")
    department = rules.directory.receiver(decision.opd)
    if decision.confident and department:
        entry = TimelineEvent(EventName.ASSIGNED, LAKSA, facts={"category": decision.category})
        return assign(known, department, entry, rules.policy, now, "receipt")
    return to_desk(known, _at_desk("unsure"), rules, now, NoticeRequest(NoticeName.RECEIPT, CITIZEN))


def read_follower(complaint: Complaint, decision: Decision, rules: Rules, now: datetime) -> Transition:
    """The transition for a complaint that came in as the same as another. It stays a follower unless its own words
    add danger, or something restricted; then it is routed like any complaint.
    """
    known = _known(complaint, decision, rules)
    more = known.urgent and not complaint.urgent
    if more or known.restricted or excluded_offices(known):
        return apply_decision(complaint, decision, rules, now)
    return Transition(known.evolve(urgent=complaint.urgent), notices=(NoticeRequest(NoticeName.RECEIPT, CITIZEN),))


def _known(complaint: Complaint, decision: Decision, rules: Rules) -> Complaint:
    return complaint.evolve(
        decision=decision.to_document(),
        category=decision.category,
        restricted=decision.restricted,
        urgent=decision.urgent or rules.policy.is_urgent(decision.category),
    )


def _at_desk(why: str) -> TimelineEvent:
    return TimelineEvent(EventName.AT_DESK, LAKSA, facts={"why": why})
