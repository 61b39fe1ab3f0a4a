"""Messages and ticks of the real Google Cloud reach the deployed functions, not this process."""

from __future__ import annotations

from infra.embedded.deliver import Deliverer


class CloudTransport:
    """Nothing to deliver here: this host only serves pages."""

    keeps_schedule = False

    def start(self, deliver: Deliverer) -> None:
        """Pub/Sub pushes elsewhere."""

    def idle(self, timeout: float) -> bool:
        """Nothing is ever under way here."""
        return True

    def stop(self, timeout: float) -> bool:
        """Nothing to end."""
        return True
