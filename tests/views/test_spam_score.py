"""Every mail as a spam filter and a strict reader of MIME see it."""

from __future__ import annotations
import mailbox
import os
import re
import shutil
import subprocess
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path

import pytest

from functions.views.mail.render import render_mail
from tests.conftest import WHOLE
from tests.views.list_cases import MORNING
from tests.views.list_mails import LIST_MAILS
from tests.views.mail_cases import URL, Letter, stories
from tests.views.mailbox_cases import address_letter, mailbox_letter
from workflows.adapters.mime import build_message
from workflows.mail.send_notice import MailText
from workflows.ports import Mail

MOST = 1.0
SCORE = re.compile(r"score=(-?[\d.]+)")
TESTS = re.compile(r"tests=([A-Z0-9_,\s]+)")


@cache
def messages() -> dict[str, EmailMessage]:
    """One mail of each template and list, as they leave us; `make test-whole`: to each role in each language."""
    found: dict[str, EmailMessage] = {}
    for lang in ("id", "en") if WHOLE else ("id",):
        for story in stories(lang=lang):
            for letter in story.letters:
                name = (
                    f"{letter.notice.template}.{letter.notice.role}.{letter.notice.lang}"
                    if WHOLE
                    else letter.notice.template
                )
                found.setdefault(name, _message(_written(letter), name, letter.ctx.now))
    written = {**LIST_MAILS, "mailbox_check": mailbox_letter, "address_changed": address_letter}
    lists = {template: _message(write(), template, MORNING) for template, write in written.items()}
    return found | lists


def _written(letter: Letter) -> MailText:
    return render_mail(letter.ctx, letter.case, letter.notice)


def _message(made: MailText, name: str, now: datetime) -> EmailMessage:
    host = URL.removeprefix("https://")
    mail = Mail(
        "warga@contoh.example",
        made.subject,
        made.text,
        made.html,
        f"{name}@{host}",
        references=f"LKS-7K3M-9QXT-4@{host}",
        list_id=f"laksa.{host}",
    )
    message = build_message(mail, f"laksa@{host}", now)
    message["Received"] = f"from mail.{host} by mx.contoh.example with ESMTPS; {message['Date']}"
    return message


@pytest.mark.slow
def test_no_mail_looks_like_spam(tmp_path: Path) -> None:
    program = shutil.which("spamassassin")
    if program is None:
        reason = "SpamAssassin is not here (Debian: apt install spamassassin)"
        if os.environ.get("LAKSA_REQUIRE_SPAMASSASSIN"):
            pytest.fail(reason)
        pytest.skip(reason)
    letters = messages()
    box = mailbox.mbox(tmp_path / "box")
    for message in letters.values():
        box.add(message.as_bytes(policy=SMTP.clone(linesep="\n")))
    box.close()
    ran = subprocess.run(
        [program, "--local", "--mbox", str(tmp_path / "box")],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "HOME": str(tmp_path)},
        check=True,
    )
    scores = _scores(ran.stdout)
    assert len(scores) == len(letters)
    assert [(name, told) for name, told in zip(letters, scores, strict=True) if told[0] > MOST] == []


def _scores(text: str) -> list[tuple[float, str]]:
    """Score and rules of each message, in the order of the box."""
    told = re.findall(r"^X-Spam-Status:(.*?)^(?=\S)", text, re.MULTILINE | re.DOTALL)
    return [(float(SCORE.findall(one)[0]), "".join(TESTS.findall(one)).strip()) for one in told]
