"""Networks that somebody wrote down, and whether an address lies in one of them."""

from __future__ import annotations

import ipaddress

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_networks(value: str) -> tuple[Network, ...]:
    """Networks or single addresses, IPv4 and IPv6, comma separated; ValueError says which is none."""
    return tuple(_network(part.strip()) for part in value.split(",")) if value.strip() else ()


def _network(part: str) -> Network:
    try:
        return ipaddress.ip_network(part)
    except ValueError as error:
        raise ValueError(f"{part!r} is no network{_meant(part)}") from error


def _meant(part: str) -> str:
    """What was meant where only the bits of a host stand behind the network's."""
    try:
        return f"; did you mean {ipaddress.ip_network(part, strict=False)}?"
    except ValueError:
        return ""


def lies_in(address: str, networks: tuple[Network, ...]) -> bool:
    """Whether it does; what is no address lies nowhere. An IPv4 address in an IPv6 socket is the IPv4 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return any((mapped or parsed) in network for network in networks)
