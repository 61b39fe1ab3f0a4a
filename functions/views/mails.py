"""Every mail Laksa sends, as subject, text and HTML made from one template."""

from __future__ import annotations

from collections.abc import Sequence

from functions.views.context import Case, Context
from functions.views.mail_environment import KINDS, environment
from functions.views.mail_facts import (
    Facts,
    Matter,
    NoticeFacts,
    citizen_facts,
    follower_facts,
    is_still_true,
    restricted_facts,
)
from functions.views.mail_office_facts import office_facts
from functions.views.mail_table import table_facts
from functions.views.mail_text import capital, subject_line, wrapped
from functions.views.words import short_date
from workflows.domain.change import CITIZEN
from workflows.domain.complaint import Complaint
from workflows.mail.letters import MailText

__all__ = ["NoticeFacts", "render_letter", "render_mail", "render_table"]


def render_mail(ctx: Context, case: Case, notice: NoticeFacts) -> MailText:
    """The letter a notice asks for, from the case as it stands now; TemplateNotFound for an unknown template.

    A restricted case's letter gets no fact but number, link and deadline, whatever its template. One to a follower
    bears the number of the follower's own report.
    """
    to_citizen = notice.role == CITIZEN
    matter = Matter(ctx, case, notice, notice.lang if to_citizen else "id")
    reader = "citizen" if to_citizen else "office"
    number = notice.follower or case.complaint.ticket
    if case.complaint.restricted:
        facts = restricted_facts(matter) | {"t": number}
        return render_letter(f"restricted_{reader}", matter.lang, number, facts)
    if notice.follower:
        return render_letter("followed", matter.lang, number, follower_facts(matter))
    facts = citizen_facts(matter) if to_citizen else office_facts(matter)
    name = notice.template if is_still_true(matter) else f"moved_on_{reader}"
    return render_letter(name, matter.lang, number, facts)


def render_table(ctx: Context, office: str, complaints: Sequence[Complaint]) -> MailText:
    """The daily table of a person above the heads, by their office's code: the cases that have come up to it."""
    facts = table_facts(ctx, office, complaints)
    return render_letter("daily_table", "id", f"Laksa {short_date(ctx.now)}", facts)


def render_letter(name: str, lang: str, start: str, facts: Facts) -> MailText:
    """A template with its facts, in both twins; `start` begins the subject."""
    headline = _line(name, lang, "headline", facts)
    words = {
        "subject": subject_line(start, headline),
        "heading": capital(headline),
        "preview": _line(name, lang, "preview", facts),
    }
    text, html = (_body(name, kind, lang, facts | words) for kind in KINDS)
    return MailText(words["subject"], wrapped(text), html)


def _line(name: str, lang: str, block: str, facts: Facts) -> str:
    """One block of a template as one line of plain text."""
    template = environment("txt", lang).get_template(f"{name}.jinja")
    return " ".join("".join(template.blocks[block](template.new_context(facts))).split())


def _body(name: str, kind: str, lang: str, facts: Facts) -> str:
    return environment(kind, lang).get_template(f"{name}.jinja").render(facts)
