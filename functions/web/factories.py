"""Builds what the functions pass to workflows and views, from the process's container."""

from __future__ import annotations
from typing import TYPE_CHECKING

from functions.app.container import Container, container

if TYPE_CHECKING:
    from functions.views.citizen.form_page import City
    from functions.views.shared.context import CaseView, Context
    from workflows.domain.access import Audience
    from workflows.domain.canned import Canned
    from workflows.domain.complaint.model import Complaint
    from workflows.domain.complaint.transition import TimelineEvent
    from workflows.domain.notifications.notice import Notice
    from workflows.mail.digests import Overview
    from workflows.mail.send_notice import MailText, Sending


def context(rt: Container | None = None) -> Context:
    """The context of every page and mail, as of now."""
    from functions.views.shared.context import Context

    rt = rt or container()
    table = rt.in_force
    return Context(table.directory, rt.policy_of(table), table.labels, rt.links, rt.settings.url, rt.clock.now())


def city(rt: Container | None = None) -> City:
    """What a form says about the city, as of now."""
    from functions.views.citizen.form_page import City

    rt = rt or container()
    table = rt.in_force
    return City(table.kelurahan, table.desk_mailbox, rt.retention)


def case_of(complaint: Complaint, audience: Audience, rt: Container | None = None, *, path: str = "") -> CaseView:
    """A complaint with its timeline, for the page at that path: no more of either than the audience may see."""
    from functions.views.shared.context import CaseView
    from workflows.domain.access import REPORTER, seen_by
    from workflows.mail.followers import count_followers

    rt, seen = rt or container(), seen_by(complaint, audience)
    followers = count_followers(rt.store, complaint.ticket) if seen.followed else 0
    parent = _parent_of(complaint, rt) if audience == REPORTER else None
    return CaseView(seen, _timeline_of(complaint, audience, rt), path, parent, followers)


def _timeline_of(complaint: Complaint, audience: Audience, rt: Container) -> tuple[TimelineEvent, ...]:
    from workflows.domain.access import has_timeline, timeline_seen_by
    from workflows.unit_of_work import read_timeline

    if not has_timeline(complaint, audience):
        return ()
    return timeline_seen_by(read_timeline(rt.store, complaint.ticket), complaint, audience)


def _parent_of(complaint: Complaint, rt: Container) -> CaseView | None:
    """The complaint that a merged one follows, as its citizen may see it: without its timeline unless it is
    public.
    """
    from functions.views.shared.context import CaseView
    from workflows.domain.access import FOLLOWER
    from workflows.domain.notifications.notice import as_seen_by
    from workflows.merging import merge_root

    lead = merge_root(rt.store, complaint.parent) if complaint.parent else None
    if lead is None:
        return None
    seen = as_seen_by(complaint, lead)
    return CaseView(seen, _timeline_of(seen, FOLLOWER, rt))


def canned_answers(rt: Container | None = None) -> tuple[Canned, ...]:
    """The answers that officers pick from, of all categories; () when their file is invalid."""
    return (rt or container()).canned


def sending(rt: Container | None = None) -> Sending:
    """How mails are written and sent."""
    from workflows.mail.send_notice import Sending

    rt = rt or container()
    url, receives, limited = rt.settings.url, rt.settings.receives_mail, rt.settings.mail_is_limited
    return Sending(_render, _render_overview, rt.mailer, url, mail_domain(rt), receives, limited)


def mail_domain(rt: Container | None = None) -> str:
    """The domain of our own addresses."""
    return (rt or container()).settings.mail_from.rpartition("@")[2]


def _render(complaint: Complaint, timeline: tuple[TimelineEvent, ...], notice: Notice, link: str) -> MailText:
    from functions.views.mail.render import NoticeFacts, render_mail
    from functions.views.shared.context import CaseView
    from workflows.domain.access import audience_of, seen_by, timeline_seen_by

    reader = audience_of(notice.role, notice.about)
    lang = complaint.lang if notice.role == "citizen" else "id"
    facts = NoticeFacts(
        notice.template,
        notice.role,
        notice.to,
        notice.sequence,
        link,
        lang,
        by_reply=container().settings.receives_mail,
        follower=notice.ticket if notice.about else "",
    )
    case = CaseView(seen_by(complaint, reader), timeline_seen_by(timeline, complaint, reader))
    return render_mail(context(), case, facts)


def _render_overview(overview: Overview) -> MailText:
    from functions.views.mail.digests import render_overview
    from workflows.domain.access import DESK, EXECUTIVE, Audience, all_seen_by
    from workflows.mail.digests import DeskDigest, ExecutiveReport

    reader = {ExecutiveReport: EXECUTIVE, DeskDigest: DESK}.get(type(overview), Audience.DEPARTMENT)
    return render_overview(context(), all_seen_by(overview, reader))
