"""Reads a page as a browser would, so that tests can ask for its parts."""

from __future__ import annotations
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "path", "img"}
OPEN_ENDED = {"option", "optgroup"}  # their end tags may be left out, and are
ELSEWHERE = (
    "https://wa.me/",
    "tel:+62812",
    "tel:+62215551234",
    "https://www.openstreetmap.org/",
    "https://www.bmkg.go.id/",
)

Attributes = dict[str, str | None]


@dataclass
class Page(HTMLParser):
    """Tags with their attributes, ids, and the words in between."""

    source: str
    tags: list[tuple[str, Attributes]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID | OPEN_ENDED:
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed and self.unclosed[-1] == tag, f"</{tag}> closes {self.unclosed[-3:]}"
        self.unclosed.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words of the page on one line."""
        return " ".join(" ".join(self.words).split())

    @property
    def title(self) -> str:
        """What a browser's tab shows."""
        return self.source.split("<title>")[1].split("</title>")[0]

    def values(self, name: str) -> list[str]:
        """Every value of an attribute, in order."""
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]

    def all(self, tag: str, **wanted: str) -> list[Attributes]:
        """Tags of a kind whose attributes have these values."""
        return [a for t, a in self.tags if t == tag and all(a.get(k) == v for k, v in wanted.items())]


def check_page(source: str, *phones: str) -> Page:
    """Fails unless the page is whole, lives under the strictest policy, and points only where it may.

    phones: numbers of offices that may be pressed besides 112.
    """
    offices = tuple(f"tel:{phone}" for phone in phones)
    page = Page(source)
    assert page.unclosed == []
    names = {tag for tag, _ in page.tags}
    assert not names & {"style", "iframe", "object", "base"}
    assert all(set(s) == {"src", "defer"} and str(s["src"]).startswith("/draft.js?v=") for s in page.all("script"))
    for image in page.all("img"):
        assert (image["src"] or "").startswith("/") and image["alt"] and image["width"] and image["height"], image
    attributes = {name for _, found in page.tags for name in found}
    assert "style" not in attributes
    assert not [name for name in attributes if name.startswith("on")]
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for link in page.values("href") + page.values("action"):
        assert link.startswith(("/", "#", "?", "tel:112", *offices, *ELSEWHERE)), link
    _check_references(page, set(ids))
    return page


def _check_references(page: Page, ids: set[str]) -> None:
    anchors = [link[1:] for link in page.values("href") if link.startswith("#")]
    described = " ".join(page.values("aria-describedby") + page.values("aria-labelledby")).split()
    for name in (*anchors, *described, *page.values("for"), *page.values("form")):
        assert name in ids, name
