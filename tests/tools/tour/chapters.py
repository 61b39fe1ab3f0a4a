"""The order of the story: each page by its name (tests/journeys/every_page), each mail by its template."""

from __future__ import annotations
from typing import NamedTuple


class Chapter(NamedTuple):
    """What a chapter shows; names in the order of the story."""

    title: str
    lead: str
    pages: tuple[str, ...]
    mails: tuple[str, ...] = ()


def names(listed: str) -> tuple[str, ...]:
    """The names of a list with commas."""
    return tuple(" ".join(name.split()) for name in listed.split(",") if name.strip())


CHAPTERS = (
    Chapter(
        "A report comes in",
        "A citizen writes what is wrong, without an account. The page that comes is the proof, and the way back.",
        names("front hall, form, form in English, form with mistakes, similar reports, receipt, receipt in English"),
        names("receipt, assigned"),
    ),
    Chapter(
        "The department reads it",
        "The router has sent it to the department in charge. The link in the mail is all the officer needs.",
        names("officer, officer with a canned answer, officer left a blank, officer without words"),
        names("new_case, new_cases, digest"),
    ),
    Chapter(
        "Questions and work",
        "While the citizen is asked, the department's clock stands still.",
        names("asked, asked in English, asked and answered with nothing, officer waits, officer with the contact"),
        names("question, citizen_replied, no_reply, progress, scheduled, schedule_due, contact_shown"),
    ),
    Chapter(
        "Hands it passes through",
        "A kelurahan or a bidang drafts, the department answers; what is another's is handed on.",
        names(
            "handed on, unit, officer with a draft, officer with a replaced draft, officer with an older draft,"
            " forwarded, superseded, superseded with words"
        ),
        names("delegated, draft_ready, forwarded, moved_on_citizen"),
    ),
    Chapter(
        "The answer, and who decides that it is over",
        "An answer is a statement until the citizen says that it is so.",
        names(
            "answered, objection without words, officer after the answer, officer was too late,"
            " asked whether it is solved, no without words"
        ),
        names("answer, confirm_reminder, dispute, dispute_head, dispute_received, closed, questionnaire, withdrawn"),
    ),
    Chapter(
        "Nobody acts",
        "The ladder: reminder, overdue, the head, the Sekda, the mayor. Late reports come as lists.",
        names("overdue, officer overdue, list, list of a kelurahan, list without such a kelurahan, list is over"),
        names(
            "reminder, reminders, overdue, overdues, late, went_up, head_case, head_cases, also_head, also_heads,"
            " daily_table, head_desk"
        ),
    ),
    Chapter(
        "The desk",
        "What the router is unsure of waits for an operator, with the three likeliest departments.",
        names(
            "desk, desk archives for no reason, desk is not asked, desk with a doubtful photo, board,"
            " board preview, board with mistakes, board with data unanswered, board is over,"
            " table, table without a file, table of another version"
        ),
        names("triage, triage_late, desk_digest, archived, external, proof_doubt"),
    ),
    Chapter(
        "Taken in by an operator",
        "By counter, phone, WhatsApp, letter or SP4N, with a receipt to print.",
        names("intake, intake with mistakes, intake receipt"),
    ),
    Chapter(
        "Danger",
        "Counted in hours around the clock; somebody phones.",
        names("urgent, desk with a call"),
        names("call_now, call_late"),
    ),
    Chapter(
        "What few may read",
        "Accusations, violence and schools: no mail says what it is about.",
        names("restricted, restricted officer"),
        names("restricted_citizen, restricted_office"),
    ),
    Chapter(
        "The same report twice",
        "Whoever has the same trouble follows a report, and keeps a say of their own.",
        (),
        names("merged, merged_office, followed, orphaned"),
    ),
    Chapter(
        "Mail that is answered, and mail that comes back",
        "Officers and citizens may reply; what does not arrive is known.",
        names("mailbox link that is none"),
        names("reply_by_link, reply_late, mail_failed, mailbox_check, address_changed"),
    ),
    Chapter(
        "Links and data",
        "A lost link comes back by mail; what is kept about somebody is theirs to ask for.",
        names(
            "lost link, lost link with a wrong code, expired, expired with words, expired desk, forbidden, "
            "not found, inbox, data asked, correction without words"
        ),
        names("lost_link, link_renewed, board_link, data_asked, data_answered"),
    ),
)

UNSENT = names("moved_on_office")
"""What a running Laksa sends only where mail was away for hours."""
NOT_SENT = (
    "Not shown: `moved_on_office`, which an office gets only where mail was away until its report had moved on.\n"
)
