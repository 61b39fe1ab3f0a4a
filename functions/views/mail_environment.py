"""Jinja for mails: one template, two twins. Text is never escaped, HTML always; an undefined name is an error."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from functions.views.mail_text import chunks, fit, quoted
from functions.views.words import LOCALES, catalogue

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = LOCALES.parent / "emails"
KINDS = ("txt", "html")


@lru_cache(maxsize=4)
def environment(kind: str, lang: str) -> Environment:
    """The environment of one twin (txt, html) in one language; `frame` names the twin's frame."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=kind == "html",
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"chunks": chunks, "quoted": quoted, "fit": fit}
    made.globals |= {"frame": f"_frame.{kind}", "lang": lang, "_": _sayer(kind, lang)}
    made.globals["b"] = made.get_template(f"_blocks.{kind}").module
    return made


def _sayer(kind: str, lang: str) -> Callable[..., str]:
    """`_("… {opd} …")` in a template: translated first, its blanks filled from the template's facts."""
    from jinja2 import pass_context
    from markupsafe import Markup

    as_written: Callable[[str], str] = Markup if kind == "html" else str

    @pass_context
    def say(facts: Any, original: str) -> str:
        words = as_written(catalogue(lang, "mails").gettext(original))
        names = {name for _, name, _, _ in Formatter().parse(words) if name}
        return words.format(**{name: facts[name] for name in names})

    return say
