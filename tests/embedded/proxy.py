"""The real Caddy with the real Caddyfile, before a server that writes down what reaches it."""

from __future__ import annotations
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.embedded.conftest import ROOT
from tests.emulators import free_port
from tests.journeys.city import wait_for

CADDYFILE = ROOT / "infra" / "one_machine" / "Caddyfile"
NAME = "laksa.test"
PATHS = re.compile(r"^\s*path (.+)$", re.MULTILINE)


def caddy() -> str:
    """The program, or a reason why not; a failure where it is required."""
    if program := shutil.which("caddy"):
        return program
    reason = "Caddy is not installed (Debian: apt install caddy)"
    if os.environ.get("LAKSA_REQUIRE_PROXY") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def passed_paths() -> list[str]:
    """What the Caddyfile lets through; * is the rest of a path."""
    return [path for line in PATHS.findall(CADDYFILE.read_text("utf-8")) for path in line.split()]


@dataclass(frozen=True)
class Proxy:
    """A running Caddy: where it takes TLS and plain HTTP, what it logs, who signed its certificate."""

    port: int
    plain_port: int
    log: Path
    trusted: Path

    def ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        body: bytes = b"",
        source: str = "127.0.0.1",
    ) -> tuple[HTTPResponse, bytes]:
        """One request as it is written here, from an address of this machine; the answer and its body."""
        told = {"Host": NAME, "Connection": "close", "Content-Length": str(len(body)), **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        with self._connected(source) as wire:
            with suppress(ssl.SSLEOFError):  # it answers and hangs up before all of the body is out
                wire.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
            answer = HTTPResponse(wire, method=method)
            answer.begin()
            return answer, answer.read()

    @property
    def is_ready(self) -> bool:
        """Certificates are made behind the open socket: until one is there, every connection breaks off."""
        try:
            with self._connected("127.0.0.1"), socket.create_connection(("127.0.0.1", self.plain_port), 5):
                return True
        except OSError:
            return False

    def _connected(self, source: str) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=str(self.trusted))
        plain = socket.create_connection(("127.0.0.1", self.port), 30, source_address=(source, 0))
        return context.wrap_socket(plain, server_hostname=NAME)


@contextmanager
def running_proxy(folder: Path, upstream: int) -> Iterator[Proxy]:
    """Caddy before that port of this machine, its certificate from an authority of its own in the folder."""
    port, plain_port = free_port(), free_port()
    settings = {"LAKSA_URL": f"https://{NAME}", "PORT": str(upstream)}
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_DATA_HOME": str(folder), **settings}
    command = [caddy(), "adapt", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    adapted = json.loads(subprocess.run(command, env=env, capture_output=True, check=True, timeout=30).stdout)
    (folder / "caddy.json").write_text(json.dumps(_certified_here(adapted, port, plain_port)))
    with (folder / "caddy.log").open("wb") as log:
        process = subprocess.Popen([caddy(), "run", "--config", str(folder / "caddy.json")], env=env, stderr=log)
    root = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    try:
        proxy = Proxy(port, plain_port, folder / "caddy.log", root)
        wait_for(lambda: proxy.is_ready)
        yield proxy
    finally:
        process.terminate()
        process.wait(60)


def _certified_here(adapted: dict[str, Any], port: int, plain_port: int) -> dict[str, Any]:
    """On other ports; nobody in the world is asked for a certificate, and this machine trusts nobody new."""
    adapted["apps"]["http"] |= {"https_port": port, "http_port": plain_port}
    services = {":443": f":{port}", ":80": f":{plain_port}"}
    for server in adapted["apps"]["http"]["servers"].values():
        server["listen"] = [services[address] for address in server["listen"]]
    adapted["apps"]["tls"] = {"automation": {"policies": [{"issuers": [{"module": "internal"}]}]}}
    adapted["apps"]["pki"] = {"certificate_authorities": {"local": {"install_trust": False}}}
    return adapted


@dataclass
class Upstream:
    """What has reached the place of Laksa: path and headers of each. /laporan/fall… ends without an answer."""

    port: int
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """For the length of a block."""
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                asked.append((self.path, dict(self.headers)))
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.path.startswith("/laporan/fall"):
                    self.close_connection = True
                    return
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST = answer  # noqa: N815 (so http.server calls them)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
