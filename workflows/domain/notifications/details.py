"""What a notice stores in `extra`, as typed records. Keys of another release stay as they are.

Each record names its keys in KEYS and is written back with `Notice.extra_with`; a key is stored only while it says
something, but for a phone task, which always stores all of its four.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

Extra = Mapping[str, Any]


class Details(Protocol):
    """A record that is stored in `extra`."""

    KEYS: ClassVar[tuple[str, ...]]

    def to_document(self) -> dict[str, Any]:
        """Its keys as they are stored."""
        ...


def merged(extra: Extra, details: Details) -> dict[str, Any]:
    """The whole `extra` with that record's keys replaced."""
    return {name: value for name, value in extra.items() if name not in details.KEYS} | details.to_document()


@dataclass(frozen=True)
class DeliveryState:
    """How the sending goes; nothing of what the notice says.

    desk_told: the desk has heard that it does not arrive. fallback: it goes to the mailbox behind the
    department's own. tries_from, tries_before: when its tries last began, and how many there were before;
    only ever stored together.
    """

    KEYS: ClassVar[tuple[str, ...]] = ("desk_told", "fallback", "tries_from", "tries_before")

    desk_told: bool = False
    fallback: bool = False
    tries_from: datetime | None = None
    tries_before: int = 0

    def to_document(self) -> dict[str, Any]:
        """Its keys as they are stored."""
        told: dict[str, Any] = {"desk_told": True} if self.desk_told else {}
        behind = {"fallback": True} if self.fallback else {}
        begun = {"tries_from": self.tries_from, "tries_before": self.tries_before} if self.tries_from else {}
        return begun | told | behind


def delivery_from(extra: Extra) -> DeliveryState:
    """The inverse of DeliveryState.to_document."""
    return DeliveryState(**{name: extra[name] for name in DeliveryState.KEYS if name in extra})


@dataclass(frozen=True)
class PhoneNews:
    """One piece of news of a phone task: the notice that it stands for. more: keys of another release."""

    template: str
    sequence: int
    about: str
    at: datetime
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_document(self) -> dict[str, Any]:
        """As it is stored in the task's list."""
        own = {"template": self.template, "sequence": self.sequence, "about": self.about, "at": self.at}
        return own | dict(self.more)


def _news_from(document: Mapping[str, Any]) -> PhoneNews:
    own = ("template", "sequence", "about", "at")
    more = {name: value for name, value in document.items() if name not in own}
    return PhoneNews(document["template"], document["sequence"], document["about"], document["at"], more)


@dataclass(frozen=True)
class PhoneTask:
    """What an operator has to tell one citizen.

    told: so many of the news the citizen has. missed: how often nobody answered; tried_at: the last time.
    """

    KEYS: ClassVar[tuple[str, ...]] = ("news", "told", "missed", "tried_at")

    news: tuple[PhoneNews, ...]
    told: int = 0
    missed: int = 0
    tried_at: datetime | None = None

    @property
    def pending(self) -> Sequence[PhoneNews]:
        """What the citizen has not been told, oldest first."""
        return self.news[self.told :]

    def to_document(self) -> dict[str, Any]:
        """Its keys as they are stored."""
        news = [news.to_document() for news in self.news]
        return {"news": news, "told": self.told, "missed": self.missed, "tried_at": self.tried_at}


def phone_task_from(extra: Extra) -> PhoneTask | None:
    """The inverse of PhoneTask.to_document; None for a notice that is no task."""
    if "news" not in extra:
        return None
    news = tuple(_news_from(document) for document in extra["news"])
    return PhoneTask(news, extra["told"], extra["missed"], extra["tried_at"])


@dataclass(frozen=True)
class FollowerProgress:
    """How far a notice to followers has come. after: the last follower written to, as (received_at, ticket).
    heir: whom the followers of an ended complaint follow now.
    """

    KEYS: ClassVar[tuple[str, ...]] = ("place", "heir")

    after: tuple[datetime, str] | None = None
    heir: str = ""

    def to_document(self) -> dict[str, Any]:
        """Its keys as they are stored."""
        place = {"received_at": self.after[0], "ticket": self.after[1]} if self.after else None
        return ({"place": place} if place else {}) | ({"heir": self.heir} if self.heir else {})


def follower_progress_from(extra: Extra) -> FollowerProgress:
    """The inverse of FollowerProgress.to_document."""
    place = extra.get("place")
    return FollowerProgress((place["received_at"], place["ticket"]) if place else None, extra.get("heir", ""))
