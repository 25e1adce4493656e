"""The way out leads to the public internet only, also for names that change while they are asked."""

import socket

import pytest

from helpdesk import http

PUBLIC, LOCAL = "93.184.216.34", "127.0.0.1"


@pytest.fixture
def names(monkeypatch, settings):
    """`names("1.2.3.4", …)`: what a name resolves to, one answer per question."""
    settings.PRIVATE_HOSTS_ALLOWED = set()

    def answer(*addresses):
        left = list(addresses)

        def getaddrinfo(host, port, *_, **__):
            address = left.pop(0) if len(left) > 1 else left[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    return answer


@pytest.mark.parametrize(
    "address",
    [
        LOCAL,
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "224.0.0.1",
        "0.0.0.0",
    ],
)
def test_private_addresses_are_refused(names, address):
    names(address)
    with pytest.raises(http.AddressRefused):
        http.request("GET", "http://customer.example/")


def test_a_name_that_turns_private_after_the_check_is_refused(names):
    names(PUBLIC, LOCAL)
    with pytest.raises(http.AddressRefused):
        http.request("GET", "http://rebound.example/")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://example.com/", "http://", "//example.com/"])
def test_other_schemes_are_refused(url):
    with pytest.raises(http.AddressRefused):
        http.check_address(url)
