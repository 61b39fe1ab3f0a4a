"""What the functions hand to workflows and views, made from the one runtime."""

from __future__ import annotations

from functions.views.context import Case, Context
from functions.wiring import Runtime, runtime
from workflows.domain.change import Entry
from workflows.domain.complaint import Complaint
from workflows.domain.notice import Notice
from workflows.escalated import Person
from workflows.letters import Letter, Sending
from workflows.runner import Ports, read_timeline


def ports(rt: Runtime | None = None) -> Ports:
    """The ports of a runtime, by default this process's."""
    rt = rt or runtime()
    return Ports(rt.store, rt.bus, rt.clock, rt.links, rt.policy, rt.directory)


def context(rt: Runtime | None = None) -> Context:
    """What every page and mail may look up, at this moment."""
    rt = rt or runtime()
    table = rt.in_force
    return Context(table.directory, rt.policy, table.labels, rt.links, rt.settings.url, rt.clock.now())


def case_of(complaint: Complaint, rt: Runtime | None = None) -> Case:
    """A complaint with its timeline, for a page."""
    rt = rt or runtime()
    return Case(complaint, read_timeline(rt.store, complaint.ticket))


def sending(rt: Runtime | None = None) -> Sending:
    """How letters are written and sent."""
    rt = rt or runtime()
    domain = rt.settings.mail_from.rpartition("@")[2]
    return Sending(_render, _render_table, rt.mailer, rt.settings.url, domain)


def _render(complaint: Complaint, timeline: tuple[Entry, ...], notice: Notice, link: str) -> Letter:
    from functions.views.mails import NoticeFacts, render_mail

    lang = complaint.lang if notice.role == "citizen" else "id"
    facts = NoticeFacts(notice.template, notice.role, notice.to, notice.sequence, link, lang, notice.extra)
    made = render_mail(context(), Case(complaint, timeline), facts)
    return Letter(made.subject, made.text, made.html)


def _render_table(person: Person, complaints: list[Complaint]) -> Letter:
    from functions.views.mails import render_table

    made = render_table(context(), person, complaints)
    return Letter(made.subject, made.text, made.html)
