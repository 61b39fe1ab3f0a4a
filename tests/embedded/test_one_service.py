"""The small size of Google Cloud: one public service with every path, woken by the tokens of its callers alone."""

from __future__ import annotations
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from functions.app.logging import WITHHELD
from infra.topology import read_topology
from tests.emulators import free_port
from tests.framework_service import ROOT, Service, command, running_service
from tests.local_issuer import LocalIssuer, local_issuer
from tests.log_lines import lines_of
from tests.pictures.given import encoded, scene
from tests.storage_emulator import PROJECT, bucket, storage_emulator
from workflows.adapters.cloud_storage import open_bucket

__all__ = ["bucket", "storage_emulator"]
TEXT = "Lampu jalan di Jalan Merdeka dekat jembatan mati sudah tiga malam, gelap sekali dan rawan."
TOPOLOGY = read_topology()
KEY = "kunci-uji-" * 4


@pytest.fixture(scope="module")
def issuer() -> Iterator[LocalIssuer]:
    with local_issuer() as running:
        yield running


@pytest.fixture(scope="module")
def service(issuer: LocalIssuer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """On the embedded store, so that it needs no emulator; nothing delivers messages but the test."""
    talkative = issuer.settings() | {"GUNICORN_LOG_LEVEL": "warning"}
    with running_service("laksa", tmp_path_factory.mktemp("laksa"), talkative) as running:
        yield running


def report(service: Service, *photos: bytes) -> str:
    """Send the form as a browser does; the path of the citizen's page."""
    page = requests.get(service.url + "/", timeout=30).text
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    data = {"message": TEXT, "form_token": token[1]}
    files = [("photo", (f"{n}.jpg", photo)) for n, photo in enumerate(photos)]
    answer = requests.post(service.url + "/", data=data, files=files, allow_redirects=False, timeout=60)
    assert answer.status_code == 303, answer.text[:500]
    return answer.headers["Location"].split("?")[0]


def state(service: Service, path: str) -> str:
    answer = requests.get(service.url + path, headers={"Accept": "application/json"}, timeout=30)
    assert answer.status_code == 200
    return str(answer.json()["status"])


@pytest.mark.parametrize("path", ["/", "/healthz", "/laporan", "/style.css"])
def test_pages_are_there_for_anybody(service: Service, path: str) -> None:
    assert requests.get(service.url + path, timeout=30).status_code == 200


@pytest.mark.parametrize("path", ["/tidak-ada", "/opd/t0ken", "/papan/t0ken", "/_push/health", "/_push/x", "/_push"])
def test_what_nobody_has_is_told_in_our_words(service: Service, path: str) -> None:
    answer = requests.get(service.url + path, timeout=30)
    assert answer.status_code in (403, 404) and "Laksa" in answer.text


def test_a_report_is_routed_by_a_push_with_the_token_of_pub_sub_alone(service: Service, issuer: LocalIssuer) -> None:
    path = report(service)
    ticket = {"ticket": path.split("/")[2]}
    for refused, status in ((None, 401), (issuer.tick(), 403), (issuer.push(aud="https://x.example"), 403)):
        answer = service.push("/_push/route_complaint", ticket, refused)
        assert (answer.status_code, answer.content) == (status, b"")
    assert state(service, path) == "received"
    assert service.push("/_push/route_complaint", ticket, issuer.push()).status_code == 204
    assert state(service, path) != "received"


@pytest.mark.parametrize("name", [f.name for f in TOPOLOGY.functions if f.access in ("push", "tick")])
def test_every_private_target_has_its_path_and_its_caller(service: Service, issuer: LocalIssuer, name: str) -> None:
    access = TOPOLOGY.by_name[name].access
    path = TOPOLOGY.private_path(TOPOLOGY.by_name[name])
    token = issuer.push() if access == "push" else issuer.tick()
    assert service.push(path, {"nothing": "here"}, None).status_code == 401
    assert service.push(path, {"nothing": "here"}, token).status_code == 204


def test_the_certificates_were_fetched_once_and_no_log_has_a_token(service: Service, issuer: LocalIssuer) -> None:
    token = issuer.push(email="stranger@gmail.com")
    assert service.push("/_push/dead_letter", {"topic": "x"}, token).status_code == 403
    assert issuer.asked == 1
    log = service.log.read_text()
    assert "other account" in log
    assert lines_of(log)
    assert token.split(".")[2] not in log and "eyJ" not in log and "stranger" not in log


def test_of_a_request_that_cannot_be_read_the_log_has_no_word(service: Service) -> None:
    server = urlsplit(service.url)
    with socket.create_connection((server.hostname, server.port), timeout=30) as client:
        client.sendall(b"GET /laporan/LKS-7K2M-Q9FD-4/kunci rahasia HTTP/1.1\r\n\r\n")
        assert b"400 Bad Request" in client.recv(1000)
    (line,) = [line for line in lines_of(service.log.read_text()) if line["message"] == WITHHELD]
    assert line["logger"] == "gunicorn.error"
    assert not re.search("rahasia|127[.]0|Q9FD", str(line))


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({}, "LAKSA_STACK=google is needed on Cloud Run"),
        ({"LAKSA_STACK": "google", "LAKSA_KEYS": KEY, "LAKSA_PHOTO_BUCKET": "b"}, "LAKSA_CALLERS is needed"),
        ({"LAKSA_STACK": "google", "LAKSA_KEYS": KEY, "LAKSA_CALLERS": "iam"}, "LAKSA_PHOTO_BUCKET is needed"),
    ],
)
def test_a_start_without_a_setting_is_refused(tmp_path: Path, env: dict[str, str], named: str) -> None:
    environment = {"PATH": os.environ["PATH"], "K_SERVICE": "laksa", "LAKSA_DATA": str(tmp_path)} | env
    ended = subprocess.run(
        command("laksa", free_port()), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 2
    (line,) = [line for line in ended.stderr.splitlines() if "cannot start" in line]
    assert named in line and '"severity": "CRITICAL"' in line


@pytest.fixture
def google(
    firestore_emulator: str, pubsub_emulator: str, storage_emulator: str, bucket: str, issuer: LocalIssuer
) -> dict[str, str]:
    """The settings of a city of its own on Google's stack."""
    return issuer.settings() | {
        "LAKSA_STACK": "google",
        "LAKSA_KEYS": KEY,
        "LAKSA_PHOTO_BUCKET": bucket,
        "GOOGLE_CLOUD_PROJECT": f"{PROJECT}-{bucket[-8:]}",
        "FIRESTORE_EMULATOR_HOST": firestore_emulator,
        "PUBSUB_EMULATOR_HOST": pubsub_emulator,
        "STORAGE_EMULATOR_HOST": storage_emulator,
        "SMTP_URL": "smtp://127.0.0.1:9",
        "LAKSA_URL": "https://laksa.kota.example",
        "LAKSA_INBOUND_SECRET": "rahasia",
    }


def in_bucket(name: str) -> list[str]:
    return sorted(blob.name for blob in open_bucket(name, PROJECT).list_blobs())


def on_disk(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


@pytest.mark.emulator
@pytest.mark.whole
def test_on_google_photos_and_mails_lie_in_the_bucket_alone(
    tmp_path: Path, google: dict[str, str], bucket: str, issuer: LocalIssuer
) -> None:
    with running_service("laksa", tmp_path, google) as service:
        path = report(service, encoded(scene(1)))
        ticket = path.split("/")[2]
        assert in_bucket(bucket) and all(name.startswith(ticket) for name in in_bucket(bucket))
        photo = requests.get(f"{service.url}{path}/foto/1", timeout=30)
        assert (photo.status_code, photo.headers["Content-Type"]) == (200, "image/jpeg")
        assert service.push("/_push/route_complaint", {"ticket": ticket}, issuer.push()).status_code == 204
        assert state(service, path) != "received"
        raw = b"From: a@b.example\r\nTo: laksa@laksa.example\r\n\r\nhalo\r\n"
        secret = {"Authorization": "Bearer rahasia", "Content-Type": "message/rfc822"}
        assert requests.post(f"{service.url}/surat-masuk", raw, headers=secret, timeout=30).status_code == 202
        assert any(name.startswith("surat-") for name in in_bucket(bucket))
        assert service.push("/_tick/sweep", {}, issuer.tick()).status_code == 204
    assert on_disk(tmp_path / "data") == []


@pytest.mark.emulator
def test_an_erasure_on_googles_stack_empties_the_bucket_and_is_noted_there(
    tmp_path: Path, google: dict[str, str], bucket: str
) -> None:
    with running_service("laksa", tmp_path, google) as service:
        path = report(service, encoded(scene(2)))
    ticket = path.split("/")[2]
    assert laksa(tmp_path, google, "erase", ticket, "--whole", "--yes").returncode == 0
    assert [name.split("/")[0] for name in in_bucket(bucket)] == ["erasures"]
    assert ticket in laksa(tmp_path, google, "erase", "--ledger").stdout
    assert laksa(tmp_path, google, "erase", "--replay").returncode == 0
    assert on_disk(tmp_path / "data") == []


def laksa(folder: Path, settings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """A command beside the service, with its settings."""
    environment = {"PATH": os.environ["PATH"], "LAKSA_DATA": str(folder / "data")} | settings
    call = [sys.executable, "-m", "cli.main", *words]
    return subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
