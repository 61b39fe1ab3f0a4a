"""Which adapter is behind which port. Besides infra/embedded, the only module that knows the stacks."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from functions.app.data_folder import CLOCK, KEYS, LEDGER, MAIL, PHOTOS, STORE
from functions.app.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from functions.app.routing_tables import Labels, TableCache, TableVersion
    from workflows.domain.canned import Canned
    from workflows.domain.deadlines.policy import Policy
    from workflows.domain.directory import Directory
    from workflows.domain.privacy.retention import Retention
    from workflows.migration.ports import WholeStore
    from workflows.ports import Bus, CaughtLetters, Clock, LedgerFile, Links, Mailer, Photos
    from workflows.records.accesses import RecentAccessCache
    from workflows.routing.table import RoutingTable
    from workflows.unit_of_work import Services

ROOT = Path(__file__).parents[2]
DATA = ROOT / "workflows" / "data"
INDEXES = ROOT / "infra" / "firestore.indexes.json"


@dataclass
class Container:
    """The ports of one process, each created at its first use."""

    settings: Settings

    @cached_property
    def folder(self) -> Path:
        """The data folder, created when first needed, private to its owner; StoreUnavailable while a restore is
        unfinished.
        """
        from functions.app.data_folder import require_restored

        require_restored(self.settings.data)
        self.settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.settings.data

    @cached_property
    def store(self) -> WholeStore:
        """SQLite in the data folder, or Firestore."""
        if self.settings.stack == "google":
            from workflows.adapters.firestore import FirestoreStore

            return FirestoreStore(self.settings.project, INDEXES, self.settings.database)
        from workflows.adapters.sqlite import SqliteStore

        return SqliteStore(self.folder / STORE, INDEXES)

    @cached_property
    def bus(self) -> Bus:
        """The in-process queue, or Pub/Sub."""
        if self.settings.stack == "google":
            from workflows.adapters.pubsub import PubsubBus

            return PubsubBus(self.settings.project)
        from workflows.adapters.local_bus import LocalBus

        return LocalBus()

    @cached_property
    def clock(self) -> Clock:
        """Real time; where nothing is real, a clock that can be moved forward."""
        from workflows.adapters.clocks import JumpClock, SystemClock

        if not self.settings.nothing_is_real:
            return SystemClock()
        return JumpClock(self.folder / CLOCK)

    @cached_property
    def mailer(self) -> Mailer:
        """The catcher, or a real SMTP server."""
        if self.settings.mail_is_caught and self.settings.is_cloud:
            raise SettingsError("SMTP_URL is needed on Google Cloud: a caught letter reaches nobody")
        if self.settings.mail_is_caught:
            from workflows.adapters.file_mailer import MailCatcher

            return MailCatcher(self.folder / MAIL, self.settings.mail_from, self.clock.now)
        from workflows.adapters.smtp import SmtpMailer

        return SmtpMailer(self.settings.smtp_url, self.settings.mail_from)

    def fetch_mail(self, take: Callable[[bytes], object]) -> int:
        """Pass each mail that waits in the city's mailbox to `take`; returns their number."""
        from workflows.adapters.imap_mailbox import ImapMailbox

        return ImapMailbox(self.settings.imap_url).fetch(take)

    @cached_property
    def photos(self) -> Photos:
        """A bucket if one is set, else a folder on this machine."""
        if self.settings.photo_bucket:
            from workflows.adapters.cloud_storage import PhotoBucket

            return PhotoBucket(self.settings.photo_bucket, self.settings.project)
        from workflows.adapters.photo_folder import PhotoFolder

        return PhotoFolder(self.folder / PHOTOS)

    @cached_property
    def caught_letters(self) -> CaughtLetters:
        """The caught mails, which stay after a city has begun to send."""
        from workflows.adapters.file_mailer import CaughtFolder

        return CaughtFolder(self.settings.data / MAIL)

    @cached_property
    def ledger_file(self) -> LedgerFile:
        """The ledger of erasures, outside the store: restoring an old copy of the store must not undo them."""
        if self.settings.photo_bucket:
            from workflows.adapters.cloud_storage import ErasureBucket

            return ErasureBucket(self.settings.photo_bucket, self.settings.project)
        from workflows.adapters.local_files import ErasureFile

        return ErasureFile(self.folder / LEDGER)

    def scrub(self) -> None:
        """Remove remains of deleted data from the files of this machine; Firestore leaves none."""
        from workflows.adapters.local_files import remove_leftovers
        from workflows.adapters.sqlite import SqliteStore

        remove_leftovers(self.settings.data / PHOTOS, self.settings.data / MAIL)
        if isinstance(self.store, SqliteStore):
            self.store.scrub()

    @property
    def has_room(self) -> bool:
        """Whether incoming data can be written; always true with Firestore."""
        from workflows.adapters.local_files import has_room

        return self.settings.stack == "google" or has_room(self.folder)

    @cached_property
    def links(self) -> Links:
        """Links signed with the configured keys, else with those created at the first start."""
        from workflows.adapters.signed_links import SignedLinks

        return SignedLinks(self.keys)

    @property
    def keys(self) -> list[str]:
        """The signing keys, newest first."""
        return [str.__str__(key) for key in self.settings.keys] or self._made_keys()

    def _made_keys(self) -> list[str]:
        from workflows.adapters.local_files import load_or_create

        return load_or_create(self.folder / KEYS)

    @cached_property
    def rules(self) -> Policy:
        """Deadlines, hours and ladders as shipped, without the city's own days."""
        from functions.app.data_files import load_policy

        return load_policy(DATA / "policy.toml")

    @cached_property
    def retention(self) -> Retention:
        """How long personal data is kept; the other rules are not read for it."""
        from functions.app.data_files import load_retention

        return load_retention(DATA / "policy.toml")

    @property
    def policy(self) -> Policy:
        """The rules in force, with the city's own days of the table in force."""
        return self.policy_of(self.in_force)

    def policy_of(self, table: TableVersion) -> Policy:
        """The rules with the days of that table."""
        return replace(self.rules, work=table.calendar(self.rules.work))

    @cached_property
    def noted(self) -> RecentAccessCache:
        """The access records this process has written lately."""
        from workflows.records.accesses import RecentAccessCache

        return RecentAccessCache()

    @cached_property
    def canned(self) -> tuple[Canned, ...]:
        """The answers that officers pick from and edit; () when the file is invalid."""
        from functions.app.data_files import read_answers

        return read_answers(DATA / "answers.csv")

    @cached_property
    def tables(self) -> TableCache:
        """The routing tables of this city, including the shipped one."""
        from functions.app.routing_tables import TableCache

        return TableCache(lambda: self.store, DATA / "routing")

    @property
    def in_force(self) -> TableVersion:
        """The routing table in force: one read of the store per request, one per call outside requests."""
        return self.tables.now()

    @property
    def has_store(self) -> bool:
        """Whether Laksa has run on this data folder, or runs on Google Cloud."""
        return self.settings.stack == "google" or (self.settings.data / STORE).is_file()

    @property
    def table(self) -> RoutingTable:
        """The whole routing table in force."""
        return self.in_force.table

    def parse_area(self, typed: str) -> str | None:
        """The dotted code of a kelurahan from any spelling; None for an unknown one."""
        from workflows.routing.places import parse_kelurahan

        return parse_kelurahan(typed, self.table.areas)

    @property
    def directory(self) -> Directory:
        """The departments and their mailboxes of the table in force."""
        return self.in_force.directory

    @property
    def labels(self) -> Labels:
        """The names that people read for codes of the routing table in force."""
        return self.in_force.labels


@lru_cache(maxsize=1)
def container() -> Container:
    """The single container of this process."""
    return Container(read_settings())


def services(rt: Container | None = None) -> Services:
    """The ports of a container, by default this process's."""
    from workflows.unit_of_work import Services

    rt = rt or container()
    table = rt.in_force
    return Services(rt.store, rt.bus, rt.clock, rt.links, rt.policy_of(table), table.directory, rt.photos)
