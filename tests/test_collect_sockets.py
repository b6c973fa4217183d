"""Tests cannot reach the network, unless they say so, and then this machine only."""

import socket

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

pytestmark = pytest.mark.filterwarnings("ignore:A test tried to use")


def test_a_test_opens_no_socket_and_looks_no_name_up() -> None:
    for call in (socket.socket, lambda: socket.getaddrinfo("example.org", 80)):
        with pytest.raises(SocketBlockedError):
            call()


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_one_that_may_talk_reaches_this_machine_only() -> None:
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
