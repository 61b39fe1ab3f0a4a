"""A machine that looks at the citizen's link is not the citizen; whoever says nothing of the kind is."""

from __future__ import annotations

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from functions.app.container import container
from functions.complaint_page import complaint_page, is_look_ahead
from tests.builders import complaint
from tests.functions.requests import ask, get
from tests.workflows.world import World
from workflows.domain.complaint.model import State
from workflows.domain.notifications.delivery import PAGE

MACHINES = (
    "WhatsApp/2.23.20.0 A",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (Macintosh) AppleWebKit/601.2.4 Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
)
PEOPLE = (
    "",
    "curl/8.5.0",
    "python-requests/2.32.0",
    "Mozilla/5.0 (Linux; Android 9; CUBOT X20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; id) Presto/2.8.119 Version/11.10",
    "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]",
    "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/118.0 Mobile Safari/537.36 Telegram-Android/10.2",
    "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 Instagram 300.0",
)
AHEAD = (
    {"Purpose": "prefetch"},
    {"Sec-Purpose": "prefetch"},
    {"Sec-Purpose": "prefetch;prerender"},
    {"X-Moz": "prefetch"},
    {"X-Purpose": "preview"},
)


def head(path: str) -> Request:
    return Request(EnvironBuilder(path=path, method="HEAD").get_environ())


@pytest.mark.parametrize("agent", PEOPLE)
def test_a_person_counts_whatever_they_use(agent: str) -> None:
    assert not is_look_ahead(get("/", **{"User-Agent": agent}))
    assert not is_look_ahead(get("/"))
    assert not is_look_ahead(get("/", **{"User-Agent": agent, "Sec-Purpose": "", "Purpose": "none"}))


def test_an_answer_is_read_by_the_person_and_by_no_preview(laksa: World) -> None:
    laksa.put(complaint(State.ANSWERED, answer_sequence=1, has_email=False))
    ticket = complaint().ticket
    path = f"/laporan/{ticket}/{container().links.citizen_key(ticket, 1)}"
    before = laksa.everything()
    machines = [get(path, **{"User-Agent": agent}) for agent in MACHINES]
    for request in (*machines, *(get(path, **headers) for headers in AHEAD), head(path)):
        assert ask(complaint_page, request).status_code == 200
    assert laksa.everything() == before
    assert ask(complaint_page, get(path)).status_code == 200
    assert laksa.case().answer.reached_by == PAGE
