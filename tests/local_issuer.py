"""An issuer of tokens on this machine: a key of its own, its certificate on a loopback port, as Google's is."""

from __future__ import annotations
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

PUSH_ACCOUNT = "laksa-from-pubsub@kota.iam.gserviceaccount.com"
TICK_ACCOUNT = "laksa-from-scheduler@kota.iam.gserviceaccount.com"
PUSH_AUDIENCE, TICK_AUDIENCE = "https://laksa.kota.example/_push", "https://laksa.kota.example/_tick"


class Key:
    """An RSA key and the certificate that its owner shows."""

    def __init__(self, id: str) -> None:
        self.id = id
        self._private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @cached_property
    def certificate(self) -> str:
        """PEM, signed by the key itself."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "local issuer")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder(name, name, self._private.public_key(), x509.random_serial_number())
        dated = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        return dated.sign(self._private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()

    @cached_property
    def private(self) -> bytes:
        """PEM."""
        kind = serialization.PrivateFormat.TraditionalOpenSSL
        return self._private.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())


class LocalIssuer:
    """Signs what it is told to; `asked` counts how often its certificates were fetched."""

    def __init__(self) -> None:
        self.key = Key("first")
        self.shown = {self.key.id: self.key.certificate}
        self.asked = 0
        self.url = ""

    def settings(self) -> dict[str, str]:
        """The environment of a Laksa that believes this issuer."""
        return {
            "LAKSA_CALLERS": "token",
            "LAKSA_CALLER_CERTS": self.url,
            "LAKSA_PUSH_ACCOUNT": PUSH_ACCOUNT,
            "LAKSA_TICK_ACCOUNT": TICK_ACCOUNT,
            "LAKSA_PUSH_AUDIENCE": PUSH_AUDIENCE,
            "LAKSA_TICK_AUDIENCE": TICK_AUDIENCE,
        }

    def push(self, key: Key | None = None, **changed: Any) -> str:
        """A token as Pub/Sub brings it."""
        return self.token({"aud": PUSH_AUDIENCE, "email": PUSH_ACCOUNT, **changed}, key)

    def tick(self, **changed: Any) -> str:
        """A token as the scheduler brings it."""
        return self.token({"aud": TICK_AUDIENCE, "email": TICK_ACCOUNT, **changed})

    def token(self, claims: dict[str, Any], key: Key | None = None) -> str:
        """A signed token; a claim of None is left out."""
        from google.auth import crypt, jwt

        key, now = key or self.key, int(time.time())
        usual = {
            "iss": "https://accounts.google.com",
            "sub": "1",
            "email_verified": True,
            "iat": now,
            "exp": now + 3600,
        }
        said = {name: value for name, value in (usual | claims).items() if value is not None}
        sign: Any = jwt.encode
        signer: Any = crypt.RSASigner.from_string(key.private, key.id)  # type: ignore[no-untyped-call]
        return bytes(sign(signer, said)).decode()


@contextmanager
def local_issuer() -> Iterator[LocalIssuer]:
    """An issuer that answers for its certificates until the block ends."""
    issuer = LocalIssuer()

    class Certificates(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += 1
            self.send_response(200)
            self.send_header("Cache-Control", "public, max-age=19008, must-revalidate")
            self.end_headers()
            self.wfile.write(json.dumps(issuer.shown).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Certificates)
    issuer.url = f"http://127.0.0.1:{server.server_port}/certs"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
