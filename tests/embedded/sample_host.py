"""The host with the sample functions, as a program: `python -m tests.embedded.sample_host`."""

from __future__ import annotations
import sys
from pathlib import Path

from functions.app.container import container
from functions.app.logging import set_up
from infra.embedded.google_host import pubsub_transport
from infra.embedded.host import queue_transport
from infra.embedded.serving import exit_on_signals, run

if __name__ == "__main__":
    set_up()
    exit_on_signals()
    connect = pubsub_transport if container().settings.stack == "google" else queue_transport
    sys.exit(run(container(), connect, Path(__file__).with_name("sample_functions.py")))
