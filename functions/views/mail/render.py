"""Every mail of Laksa as subject, text and HTML from one template. Jinja renders it twice: text is never escaped,
HTML always; an undefined name is an error.
"""

from __future__ import annotations
from collections.abc import Callable, Sequence
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from functions.views.mail.executive_report import table_facts
from functions.views.mail.facts import (
    MailContext,
    NoticeFacts,
    TemplateVars,
    citizen_facts,
    follower_facts,
    is_still_true,
    restricted_facts,
)
from functions.views.mail.office_facts import office_facts
from functions.views.shared.context import CaseView, Context
from functions.views.shared.plain_text import capital, fit_width, quoted, split_words, subject_line, wrapped
from functions.views.shared.rendering import LOCALES, catalogue, short_date
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import CITIZEN
from workflows.mail.send_notice import MailText

if TYPE_CHECKING:
    from jinja2 import Environment


TEMPLATES = LOCALES.parent / "emails"
KINDS = ("txt", "html")


@lru_cache(maxsize=4)
def environment(kind: str, lang: str) -> Environment:
    """The environment for one format (txt, html) in one language; `frame` names the format's frame."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=kind == "html",
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"chunks": split_words, "quoted": quoted, "fit": fit_width}
    made.globals |= {"frame": f"_frame.{kind}", "lang": lang, "_": _sayer(kind, lang)}
    made.globals["b"] = made.get_template(f"_blocks.{kind}").module
    return made


def _sayer(kind: str, lang: str) -> Callable[..., str]:
    """`_("… {opd} …")` in a template: translated first, then filled with the template's variables."""
    from jinja2 import pass_context
    from markupsafe import Markup

    as_written: Callable[[str], str] = Markup if kind == "html" else str

    @pass_context
    def say(facts: Any, original: str) -> str:
        words = as_written(catalogue(lang, "mails").gettext(original))
        names = {name for _, name, _, _ in Formatter().parse(words) if name}
        return words.format(**{name: facts[name] for name in names})

    return say


__all__ = ["NoticeFacts", "render_letter", "render_mail", "render_table"]


def render_mail(ctx: Context, case: CaseView, notice: NoticeFacts) -> MailText:
    """The mail of a notice from the complaint as it is now; TemplateNotFound for an unknown template. A restricted
    complaint's mail gets only ticket, link and deadline, whatever its template. One to a follower has the
    follower's own ticket.
    """
    to_citizen = notice.role == CITIZEN
    matter = MailContext(ctx, case, notice, notice.lang if to_citizen else "id")
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
    """The executive report for a person above the heads, by their office's code: the complaints
    escalated to them.
    """
    facts = table_facts(ctx, office, complaints)
    return render_letter("daily_table", "id", f"Laksa {short_date(ctx.now)}", facts)


def render_letter(name: str, lang: str, start: str, facts: TemplateVars) -> MailText:
    """A template with its variables in both formats; `start` begins the subject."""
    headline = _line(name, lang, "headline", facts)
    words = {
        "subject": subject_line(start, headline),
        "heading": capital(headline),
        "preview": _line(name, lang, "preview", facts),
    }
    text, html = (_body(name, kind, lang, facts | words) for kind in KINDS)
    return MailText(words["subject"], wrapped(text), html)


def _line(name: str, lang: str, block: str, facts: TemplateVars) -> str:
    """One block of a template as one line of plain text."""
    template = environment("txt", lang).get_template(f"{name}.jinja")
    return " ".join("".join(template.blocks[block](template.new_context(facts))).split())


def _body(name: str, kind: str, lang: str, facts: TemplateVars) -> str:
    return environment(kind, lang).get_template(f"{name}.jinja").render(facts)
