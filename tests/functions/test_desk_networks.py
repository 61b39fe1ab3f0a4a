"""Desk links open only from the networks that were named; who calls is found as for the limits."""

from __future__ import annotations

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from functions.app.settings import lies_in, read_networks
from functions.web.http import client_address

OFFICE = read_networks("10.20.0.0/16, 2001:db8:7::/48, 203.0.113.9")


def request(peer: str, forwarded: str = "") -> Request:
    headers = [("X-Forwarded-For", forwarded)] if forwarded else []
    builder = EnvironBuilder(path="/papan/x", environ_base={"REMOTE_ADDR": peer}, headers=headers)
    return Request(builder.get_environ())


@pytest.mark.parametrize("address", ["10.20.255.1", "2001:db8:7:1::5", "203.0.113.9", "::ffff:10.20.0.1"])
def test_an_address_of_the_office_lies_in_its_networks(address: str) -> None:
    assert lies_in(address, OFFICE)


@pytest.mark.parametrize("address", ["10.21.0.1", "2001:db8:8::1", "203.0.113.10", "", "unknown", "127.0.0.1"])
def test_others_do_not(address: str) -> None:
    assert not lies_in(address, OFFICE)


def test_limits_count_households_and_leave_this_machine_alone() -> None:
    assert client_address(request("127.0.0.1"), 0) == ""
    assert client_address(request("2001:db8:7:1::5"), 0) == "2001:db8:7:1::/64"
    assert client_address(request("127.0.0.1", "198.51.100.7"), 0) == "198.51.100.7"
