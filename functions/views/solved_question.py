"""The one question put weeks after a report was closed, as its citizen's page shows it."""

from __future__ import annotations

from functions.views.case_json import Shape
from functions.views.sentences import N_
from functions.views.words import say
from workflows.domain.complaint import Complaint
from workflows.domain.questionnaire import is_asking

REALLY_SOLVED = N_("Apakah masalahnya benar-benar selesai?")


def solved_question(complaint: Complaint, lang: str) -> str:
    """The question while it waits for its answer; empty at all other times."""
    return say(lang, "pages")(REALLY_SOLVED) if is_asking(complaint) else ""


def question_shape(complaint: Complaint) -> Shape:
    """The same for machines: “confirm” and “dispute” answer it; {} while nothing is asked."""
    question = solved_question(complaint, complaint.lang)
    return {"question": question} if question else {}
