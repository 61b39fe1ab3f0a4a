"""`python -m tests.tools.entered_files`: how many files of ours one warm request walks through, by flow.

Each flow runs twice in one process with another complaint each time; the second run is watched. Only functions
that are called count, not what was imported earlier. With `-v` the files of each flow are listed, with the name of
a flow only its own.
"""

from __future__ import annotations
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from functions.app.container import ROOT
from infra.embedded.dispatch import Application, Environ, StartResponse
from tests.bench.cost.meter import Meter
from tests.bench.cost.town import Browser, Town, town_in

OURS = ("functions", "workflows", "main.py")
MESSAGE = "Lampu jalan di depan gang kami mati sejak hari {day}, kalau malam gelap sekali."
OFFICE = "dishub@opd.example"
ANSWER = {"action": "answer", "message": "Sudah kami tangani.", "officer": "Pak Budi"}


@dataclass
class Walk:
    """What one request, or several, called: (file, function) pairs, the number of calls and the deepest stack."""

    functions: set[tuple[str, str]] = field(default_factory=set)
    calls: int = 0
    depth: int = 0

    @property
    def files(self) -> list[str]:
        """The files, sorted, as paths from the root of the repository."""
        return sorted({file for file, _ in self.functions})

    def add(self, other: Walk) -> None:
        """Take in another request's walk."""
        self.functions |= other.functions
        self.calls += other.calls
        self.depth = max(self.depth, other.depth)


class Watch(Meter):
    """A meter that keeps the walk of each request by function and method: `case_page POST`."""

    def __init__(self) -> None:
        super().__init__()
        self.walks: list[tuple[str, Walk]] = []

    def around(self, name: str, app: Application) -> Application:
        """The function's application; each request adds a walk."""
        inner = super().around(name, app)

        def watched(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            with walking() as walk:
                body = inner(environ, start_response)
            self.walks.append((f"{name} {environ['REQUEST_METHOD']}", walk))
            return body

        return watched

    def last(self, *names: str) -> Walk:
        """The walks of those names since the last `forget` in one; KeyError for a name that did not happen."""
        whole = Walk()
        for name in names:
            whole.add(dict(self.walks)[name])
        return whole

    def forget(self) -> None:
        """Drop the walks so far."""
        self.walks.clear()


@contextmanager
def walking() -> Iterator[Walk]:
    """Record the functions of ours that this thread calls until the block ends."""
    walk, stack, names = Walk(), [0], dict[str, str]()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event not in ("call", "return"):
            return
        path = frame.f_code.co_filename
        name = names.get(path)
        if name is None:
            name = names[path] = _our_name(path)
        if not name:
            return
        if event == "return":
            stack[0] -= 1
            return
        stack[0] += 1
        walk.functions.add((name, frame.f_code.co_qualname))
        walk.calls += 1
        walk.depth = max(walk.depth, stack[0])

    sys.setprofile(note)
    try:
        yield walk
    finally:
        sys.setprofile(None)


def _our_name(path: str) -> str:
    """The path from the root; empty for a file that is not part of the product."""
    file = Path(path)
    if not file.is_relative_to(ROOT):
        return ""
    inner = file.relative_to(ROOT)
    return str(inner) if inner.parts[0] in OURS else ""


class Measurement:
    """Walks a complaint through the flows; `walks` holds the last walk of each flow by its name."""

    def __init__(self, town: Town, watch: Watch) -> None:
        self._town, self._watch = town, watch
        self.walks: dict[str, Walk] = {}

    def live(self, day: str) -> None:
        """One complaint from its form to its answer, and the escalation of another that nobody answers."""
        page = self._form(day)
        self._keep("POST /", "complaint_form POST")
        self._keep("route_complaint", "route_complaint POST")
        self._keep("form with both mails", *self._happened())
        link = self._link(page)
        officer = Browser(self._town, "10.20.0.9")
        self._watch.forget()
        officer.open(link)
        self._keep("officer GET", "case_page GET")
        self._watch.forget()
        officer.press(link, **ANSWER)
        self._keep("officer POST answer", "case_page POST")
        self._keep("send_notice", "send_notice POST")
        self._keep("answer with its mail", "case_page POST", "send_notice POST")
        self._watch.forget()
        Browser(self._town, "103.10.4.7").open(page)
        self._keep("citizen GET", "complaint_page GET")
        self._form(f"{day} malam")
        self._watch.forget()
        self._town.skip(days=40)
        self._keep("sweep", "sweep POST")
        self._keep("check_deadline", "check_deadline POST")

    def _form(self, day: str) -> str:
        self._town.later(minutes=30)
        self._watch.forget()
        citizen = Browser(self._town, "103.10.3.7")
        fields = {"message": MESSAGE.format(day=day), "email": "warga@contoh.example", "name": "Warga Contoh"}
        return citizen.fill_in(**fields).partition("?")[0]

    def _link(self, page: str) -> str:
        mail = self._town.mails(OFFICE, page.split("/")[2])[-1]
        return mail.link.removeprefix(self._town.runtime.settings.url)

    def _happened(self) -> list[str]:
        return [name for name, _ in self._watch.walks if name.endswith("POST")]

    def _keep(self, flow: str, *names: str) -> None:
        self.walks[flow] = self._watch.last(*dict.fromkeys(names))


def measure() -> dict[str, Walk]:
    """The walk of each flow on its second run."""
    with tempfile.TemporaryDirectory() as folder, town_in(Path(folder)) as town:
        watch = Watch()
        town.meter = watch
        measurement = Measurement(town, watch)
        for day in ("Minggu", "Senin"):
            measurement.live(day)
        return measurement.walks


def main(arguments: list[str]) -> None:
    """Print a line for each flow: files, functions, depth, calls."""
    walks = measure()
    sys.stdout.write(f"{'flow':<24}{'files':>7}{'functions':>11}{'depth':>7}{'calls':>8}\n")
    for name, walk in walks.items():
        line = f"{name:<24}{len(walk.files):>7}{len(walk.functions):>11}{walk.depth:>7}{walk.calls:>8}\n"
        sys.stdout.write(line)
        if "-v" in arguments or name in arguments:
            sys.stdout.write("".join(f"    {file}\n" for file in walk.files))


if __name__ == "__main__":
    main(sys.argv[1:])
