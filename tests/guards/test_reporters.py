"""Who wrote lies in one collection, and only the modules named here look into it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
MAY_LOOK = {
    "workflows/citizen/intake.py": "stores who wrote",
    "workflows/mail/send_notice.py": "the address of a letter",
    "workflows/desk/phone_tasks.py": "the number that an operator phones, while the board is shown",
    "workflows/citizen/lost_link.py": "whether contact and report belong together",
    "workflows/mail/inbound_mail.py": "whether a mail comes from the citizen",
    "workflows/mail/bounces.py": "whether there is a number for whoever no mail reaches",
    "workflows/mail/rate_limit.py": "which address is read",
    "workflows/citizen/page_access.py": "the name, to take it out of words that a citizen reads",
    "workflows/office/casework.py": "the contact, for a department that was allowed it",
    "workflows/records/corrections.py": "the name, to take it out of a text",
    "workflows/privacy/erase.py": "erases it",
    "workflows/privacy/subject.py": "finds a person's reports",
    "workflows/collection_names.py": "its name",
}
"""Module → what for. A new one is a decision: what it reads must end in no log, no officer's letter and no URL."""


def test_nobody_else_looks_into_the_reporters() -> None:
    folders = ("cli", "workflows", "functions", "infra")
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    looking = {str(f.relative_to(ROOT)) for f in files if _looks(f.read_text(encoding="utf-8"))}
    assert looking == set(MAY_LOOK)


def _looks(source: str) -> bool:
    return "REPORTERS" in source or '"reporters"' in source
