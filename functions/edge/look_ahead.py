"""Who looks at a link before, or instead of, the person it is for: previews in chats, mail scanners, prefetching.

Only those that say so themselves are known. Whoever sends no such word counts as a person: old phones, curl and
scripts do, and so does a scanner that passes for a browser.
"""

from __future__ import annotations

import re

from flask import Request

_CHATS = (
    *("whatsapp/", "facebookexternalhit", "facebot", "meta-externalagent", "meta-externalfetcher", "telegrambot"),
    *("slackbot", "slack-imgproxy", "twitterbot", "linkedinbot", "discordbot", "skypeuripreview", "redditbot"),
    *("snap url preview", "pinterestbot", "mastodon/", "google-pagerenderer"),
)
_MAIL = (
    *("ms-office", "msoffice", "microsoft office", "microsoft outlook", "safelinks", "google-safety"),
    *("barracuda", "mimecast", "proofpoint"),
)
_SEARCH = (
    *(
        "googlebot",
        "googleother",
        "adsbot-google",
        "apis-google",
        "google-inspectiontool",
        "bingbot",
        "bingpreview",
    ),
    *("yandexbot", "baiduspider", "duckduckbot", "applebot", "petalbot", "bytespider", "ahrefsbot", "semrushbot"),
)
_NAMES = re.compile("|".join(map(re.escape, (*_CHATS, *_MAIL, *_SEARCH))), re.IGNORECASE)
_HEADERS = ("Purpose", "Sec-Purpose", "X-Purpose", "X-Moz")
_AHEAD = re.compile(r"\b(?:prefetch|prerender|preview)\b", re.IGNORECASE)


def is_look_ahead(request: Request) -> bool:
    """Whether a machine says that it only looks: what it was shown, nobody has read."""
    if request.method == "HEAD" or _NAMES.search(request.headers.get("User-Agent", "")):
        return True
    return any(_AHEAD.search(request.headers.get(name, "")) for name in _HEADERS)
