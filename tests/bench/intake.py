"""`make bench`: complaints taken in per second at 8 connections, beside a bare functions-framework hello.

Each answered request is one durable complaint; the router and the letters work at the same time. Both servers run
in the same minutes on the same machine, in turns, so the ratio says more than either number.
"""

from __future__ import annotations
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from tests.emulators import free_port
from tests.journeys.city import City, wait_for

CONNECTIONS, ROUNDS, REQUESTS = 8, 3, 100
HELLO = "import functions_framework\n\n\n@functions_framework.http\ndef hello(request):\n    return 'hello'\n"
LETTER = "Lampu PJU di gang kami mati total, sudah tiga malam gelap sekali. Nomor {n}."


@dataclass
class Measured:
    """Seconds of each request, and of each whole round."""

    seconds: list[float] = field(default_factory=list)
    rounds: list[float] = field(default_factory=list)

    def line(self, name: str) -> str:
        """Median requests a second, and the 95th percentile in milliseconds."""
        rate = CONNECTIONS * REQUESTS / statistics.median(self.rounds)
        p95 = statistics.quantiles(self.seconds, n=20)[-1] * 1000
        return f"{name:<32}{rate:8.0f} requests/s   p95 {p95:6.1f} ms"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        city = City(Path(folder) / "laksa").start()
        hello, process = _start_hello(Path(folder))
        laksa, bare = Measured(), Measured()
        try:
            for _ in range(ROUNDS):
                _round(hello, _get, bare)
                _round(city.port, _post, laksa)
                city.idle()
        finally:
            process.terminate()
            process.wait(10)
            city.stop()
    sys.stdout.write(bare.line("functions-framework hello") + "\n" + laksa.line("Laksa intake, durable") + "\n")
    ratio = statistics.median(bare.rounds) / statistics.median(laksa.rounds)
    sys.stdout.write(f"Laksa takes in {ratio:.2f} complaints for every hello\n")


def _start_hello(folder: Path) -> tuple[int, subprocess.Popen[bytes]]:
    (folder / "hello.py").write_text(HELLO, "utf-8")
    port = free_port()
    command: list[str | Path] = [Path(sys.executable).with_name("functions-framework"), "--target", "hello"]
    command += ["--source", folder / "hello.py", "--port", str(port), "--host", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: _answers(port))
    return port, process


def _answers(port: int) -> bool:
    try:
        _get(HTTPConnection("127.0.0.1", port, timeout=2), 0)
    except OSError:
        return False
    return True


def _round(port: int, send: object, measured: Measured) -> None:
    threads = [threading.Thread(target=_client, args=(port, send, k, measured.seconds)) for k in range(CONNECTIONS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured.rounds.append(time.perf_counter() - start)


def _client(port: int, send: object, k: int, seconds: list[float]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for n in range(REQUESTS):
        start = time.perf_counter()
        send(connection, k * REQUESTS + n)  # type: ignore[operator]
        seconds.append(time.perf_counter() - start)
    connection.close()


def _get(connection: HTTPConnection, n: int) -> None:
    connection.request("GET", "/")
    assert connection.getresponse().read() == b"hello"


def _post(connection: HTTPConnection, n: int) -> None:
    body = json.dumps({"message": LETTER.format(n=n), "email": "warga@contoh.example"})
    connection.request("POST", "/", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 201, answer.read()
    answer.read()


if __name__ == "__main__":
    main()
