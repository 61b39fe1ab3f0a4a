"""`make bench`: how long a fresh process takes to its first good answer, target by target, beside a bare hello.

Each process is started as Cloud Run starts it; a hello is started between them, so that both see the same machine.
The clock tells what a caller waits; the processor's time what the code costs, whatever else the machine does.
"""

from __future__ import annotations
import compileall
import io
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from infra.bundle import bundle
from infra.topology import read_topology
from tests.bench.intake import HELLO
from tests.bundle.lived_in import SECRET, LivedIn, live_in
from tests.bundle.server import Server, first_answer, running

FORM = "complaint_form"
TIMES = {FORM: 20}
OTHERS = 5
"""Times that a target which is not the form is started; each start takes about a second."""
AIM = 1.3


class Start(NamedTuple):
    """Milliseconds to the first answer, by the clock and of the processor, and megabytes then."""

    clock: float
    processor: float
    memory: float


Pair = tuple[Start, Start]
"""A target's start, and the hello's before it."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hello, city, source = folder / "hello.py", live_in(folder / "laksa"), _unpacked(folder / "bundle")
        hello.write_text(HELLO, "utf-8")
        sys.stdout.write(f"{'to the first answer':<19}{'clock':>10}{'hello':>8}{'times':>8}")
        sys.stdout.write(f"{'processor':>13}{'hello':>8}{'times':>8}{'memory':>12}\n")
        told = {target: _tell(target, _pairs(target, hello, source, city)) for target in read_topology().by_name}
    clock, processor = told[FORM]
    sys.stdout.write(f"the form page: {clock:.2f} times a hello, {processor:.2f} of the processor (aim: {AIM})\n")


def _pairs(target: str, hello: Path, source: Path, city: LivedIn) -> list[Pair]:
    times = TIMES.get(target, OTHERS)
    return [(_start(source, target, city), _start(hello, "hello", city)) for _ in range(times)]


def _unpacked(folder: Path) -> Path:
    """The upload, its modules compiled as when an image is built; its main.py."""
    with zipfile.ZipFile(io.BytesIO(bundle())) as archive:
        archive.extractall(folder)
    compileall.compile_dir(folder, quiet=2)
    return folder / "main.py"


def _start(source: Path, target: str, city: LivedIn) -> Start:
    """Until the first answer. What only Google wakes gets an empty POST."""
    env = {"K_SERVICE": target, "LAKSA_EPHEMERAL": "on"}
    env |= {"LAKSA_DATA": str(city.folder), "LAKSA_INBOUND_SECRET": SECRET}
    began = time.perf_counter()
    with running(Path(sys.executable), source, target, env, city.folder / "server.log") as server:
        answer = first_answer(server, *_request(target, city))
        took, processes = time.perf_counter() - began, list(_processes(server))
        worked, held = sum(map(_processor, processes)), sum(map(_kilobytes, processes))
    assert answer.status < 500, (target, answer)
    return Start(took * 1000, worked / 1e6, held / 1024)


def _request(target: str, city: LivedIn) -> tuple[str, str]:
    trigger = read_topology().by_name[target].trigger if target != "hello" else "http"
    if trigger != "http":
        return "POST", "/"
    return "GET", "/sehat" if target == "health" else city.links.get(target, "/")


def _processes(server: Server) -> Iterator[Path]:
    """The server and its workers, in /proc."""
    return (path for path in Path("/proc").iterdir() if path.name.isdigit() and _is_of(path, server))


def _is_of(process: Path, server: Server) -> bool:
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return int(fields[2]) == server.process.pid


def _processor(process: Path) -> int:
    """Nanoseconds that its threads have run."""
    return sum(int((task / "schedstat").read_text().split()[0]) for task in (process / "task").iterdir())


def _kilobytes(process: Path) -> int:
    lines = [line for line in (process / "status").read_text().splitlines() if line.startswith("VmRSS:")]
    return int(lines[0].split()[1]) if lines else 0


def _tell(target: str, pairs: list[Pair]) -> tuple[float, float]:
    """Print a line; how many times as long as the hello of the same moment: the medians, clock and processor."""
    sys.stdout.write(f"{target:<19}")
    times = []
    for own, bare in (([s[n] for s, _ in pairs], [h[n] for _, h in pairs]) for n in (0, 1)):
        times.append(statistics.median(a / b for a, b in zip(own, bare, strict=True)))
        sys.stdout.write(f"{statistics.median(own):7.0f} ms{statistics.median(bare):5.0f} ms{times[-1]:8.2f}   ")
    sys.stdout.write(f"{statistics.median(start.memory for start, _ in pairs):6.0f} MB\n")
    sys.stdout.flush()
    return times[0], times[1]


if __name__ == "__main__":
    main()
