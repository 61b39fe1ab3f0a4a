"""`make bench`: how long a fresh process takes to its first good answer, target by target, beside a bare hello.

Each process is started as Cloud Run starts it; a hello is started between them, so that both see the same machine.
"""

from __future__ import annotations

import compileall
import io
import statistics
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from infra.bundle import bundle
from infra.topology import read_topology
from tests.bench.intake import HELLO
from tests.bundle.lived_in import SECRET, LivedIn, live_in
from tests.bundle.server import Server, first_answer, running

TIMES = {"complaint_form": 20}
OTHERS = 5
"""Times that a target which is not the form is started; each start takes about a second."""
AIM = 1.3


@dataclass
class Started:
    """Seconds to the first answer of each start and of the hello before it, and megabytes then."""

    seconds: list[float] = field(default_factory=list)
    hello: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    @property
    def times(self) -> float:
        """How many times as long as the hello of the same moment: the median."""
        return statistics.median(own / bare for own, bare in zip(self.seconds, self.hello, strict=True))


def main() -> None:
    """Measure and print."""
    targets = {name: Started() for name in read_topology().by_name}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "hello.py").write_text(HELLO, "utf-8")
        city, source = live_in(folder / "laksa"), _unpacked(folder / "bundle")
        for target, started in targets.items():
            for _ in range(TIMES.get(target, OTHERS)):
                started.hello.append(_start(folder / "hello.py", "hello", city)[0])
                seconds, memory = _start(source, target, city)
                started.seconds.append(seconds)
                started.memory.append(memory)
    _tell(targets)


def _unpacked(folder: Path) -> Path:
    """The upload, its modules compiled as when an image is built; its main.py."""
    with zipfile.ZipFile(io.BytesIO(bundle())) as archive:
        archive.extractall(folder)
    compileall.compile_dir(folder, quiet=2)
    return folder / "main.py"


def _start(source: Path, target: str, city: LivedIn) -> tuple[float, float]:
    """Seconds to the first answer, and megabytes then. What only Google wakes gets an empty POST."""
    env = {"LAKSA_DATA": str(city.folder), "LAKSA_INBOUND_SECRET": SECRET}
    began = time.perf_counter()
    with running(Path(sys.executable), source, target, env, city.folder / "server.log") as server:
        answer = first_answer(server, *_request(target, city))
        took, memory = time.perf_counter() - began, _resident(server)
    assert answer.status < 500, (target, answer)
    return took, memory


def _request(target: str, city: LivedIn) -> tuple[str, str]:
    trigger = read_topology().by_name[target].trigger if target != "hello" else "http"
    if trigger != "http":
        return "POST", "/"
    return "GET", "/sehat" if target == "health" else city.links.get(target, "/")


def _resident(server: Server) -> float:
    """Megabytes that the process and its workers hold."""
    group = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and _is_of(path, server)]
    return sum(_kilobytes(Path(f"/proc/{pid}/status")) for pid in group) / 1024


def _is_of(process: Path, server: Server) -> bool:
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return int(fields[2]) == server.process.pid


def _kilobytes(status: Path) -> int:
    lines = [line for line in status.read_text().splitlines() if line.startswith("VmRSS:")]
    return int(lines[0].split()[1]) if lines else 0


def _tell(targets: dict[str, Started]) -> None:
    sys.stdout.write("a fresh process to its first answer      median       hello   times    memory\n")
    for name, started in targets.items():
        own, bare = (statistics.median(each) * 1000 for each in (started.seconds, started.hello))
        memory = statistics.median(started.memory)
        sys.stdout.write(f"{name:<37}{own:7.0f} ms{bare:9.0f} ms{started.times:8.2f}{memory:7.0f} MB\n")
    sys.stdout.write(f"the form page: {targets['complaint_form'].times:.2f} times a hello (aim: {AIM})\n")


if __name__ == "__main__":
    main()
