"""The line to a mail server is encrypted and checked, every wait ends, and no secret leaves it."""

import contextlib
import ssl
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from delivery_kit import Post, Rude, knowing, parsed, rude, serving

from compare.delivery import smtp
from compare.delivery.client import Server
from compare.errors import ParallaxError

CANARY = "c4nary-5ecret"
RAW = b"Subject: x\r\n\r\none\r\n.\r\n..two\r\nthree"


class Authority:
    """A certificate authority of this test run."""

    def __init__(self, folder: Path) -> None:
        self.ca = trustme.CA()
        self.pem = folder / "ca.pem"
        self.ca.cert_pem.write_to_path(str(self.pem))

    def context(self, name: str = "localhost") -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(name).configure_cert(context)
        return context


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


def nothing() -> None:
    pass


def local(port: int, **rest: object) -> Server:
    return Server("localhost", port, security="none", seconds=2, patience=3, **rest)  # type: ignore[arg-type]


def deliver(server: Server, commit: Callable[[], None] = nothing) -> str:
    with smtp.connect(server) as line:
        return line.deliver("digest@example.org", "ana@example.org", RAW, commit)


def test_a_message_arrives_byte_for_byte_dots_and_all() -> None:
    post = Post()
    with serving(post) as port:
        assert deliver(local(port)) == "250 2.0.0 taken"
    assert post.taken == [("ana@example.org", RAW + b"\r\n")]


def test_many_messages_go_over_one_line() -> None:
    post = Post()
    with serving(post) as port, smtp.connect(local(port)) as line:
        for number in range(3):
            line.deliver("a@example.org", f"r{number}@example.org", RAW, nothing)
    assert post.recipients == ["r0@example.org", "r1@example.org", "r2@example.org"]


def test_starttls_with_login_encrypts_before_the_login(authority: Authority) -> None:
    post = Post()
    options = {
        "tls_context": authority.context(),
        "authenticator": knowing(b"ana", CANARY.encode()),
        "auth_required": True,
        "require_starttls": True,
    }
    server = Server("localhost", 0, "starttls", "ana", CANARY, authority.pem, 2, 5)
    with serving(post, **options) as port:
        deliver(with_port(server, port))
    assert post.sessions[0].ssl is not None
    assert post.sessions[0].authenticated


def test_tls_from_the_first_byte(authority: Authority) -> None:
    post = Post()
    with serving(post, ssl_context=authority.context()) as port:
        deliver(Server("localhost", port, "tls", authorities=authority.pem, seconds=2, patience=5))
    assert parsed(post.taken[0][1])["Subject"] == "x"


@pytest.mark.parametrize("name", ["localhost", "other.example"])
def test_a_certificate_of_a_stranger_or_for_another_name_is_refused(authority: Authority, name: str) -> None:
    """The right authority with the wrong name, and the right name with an authority nobody knows."""
    trusted = authority.pem if name != "localhost" else None
    server = Server("localhost", 0, "tls", "", "", trusted)
    with (
        serving(Post(), ssl_context=authority.context(name)) as port,
        pytest.raises(ParallaxError, match="certificate is not to be trusted") as caught,
    ):
        deliver(with_port(server, port))
    assert caught.value.exit_code == 78


def test_a_server_without_encryption_gets_nothing() -> None:
    post = Post()
    with serving(post) as port, pytest.raises(ParallaxError, match="no encryption") as caught:
        deliver(Server("localhost", port, "starttls", seconds=2, patience=5))
    assert caught.value.exit_code == 78
    assert post.sessions == []


def test_a_login_is_never_sent_unencrypted() -> None:
    with pytest.raises(ParallaxError, match="never sent unencrypted") as caught:
        deliver(local(1, user="ana", password=CANARY))
    assert caught.value.exit_code == 78


def test_a_refused_login_is_a_setting_to_mend(authority: Authority) -> None:
    options = {"tls_context": authority.context(), "authenticator": knowing(b"ana", b"other")}
    with (
        serving(Post(), **options) as port,
        pytest.raises(ParallaxError, match="refused the login") as caught,
    ):
        deliver(Server("localhost", port, "starttls", "ana", CANARY, authority.pem, 2, 5))
    assert caught.value.exit_code == 78


def test_a_server_that_repeats_the_login_does_not_make_us_repeat_it(authority: Authority) -> None:
    behaviour = Rude("echo", context=authority.context())
    with rude(behaviour) as port, pytest.raises(ParallaxError, match="refused the login") as caught:
        deliver(Server("localhost", port, "tls", "ana", CANARY, authority.pem, 2, 5))
    told = repr(caught.value) + str(caught.value) + repr(caught.value.__cause__)
    assert CANARY not in told
    assert "AGFuYQ" not in told


def test_a_password_is_not_in_what_a_server_is_printed_as() -> None:
    assert CANARY not in repr(Server("localhost", 1, password=CANARY))


def test_a_secret_in_a_servers_words_is_covered() -> None:
    server = Server("localhost", 1, "tls", "ana", CANARY)
    assert smtp._told(f"no {CANARY}\r\nsorry".encode(), server) == "no [secret] sorry"
    assert smtp._told(b"no AGFuYQBjNG5hcnktNWVjcmV0", server) == "no [secret]"


@pytest.mark.parametrize(
    ("rules", "about", "permanent"),
    [
        ({"at_sender": lambda _: "550 5.7.1 not you"}, "sender", True),
        ({"at_recipient": lambda _: "550 5.1.1 nobody here"}, "recipient", True),
        ({"at_recipient": lambda _: "451 4.7.1 greylisted"}, "recipient", False),
        ({"at_message": lambda _: "554 5.6.0 no"}, "message", True),
        ({"at_message": lambda _: "452 4.3.1 full"}, "message", False),
    ],
)
def test_a_refusal_says_of_what_and_whether_for_good(
    rules: dict[str, Callable[[str], str]], about: str, permanent: bool
) -> None:
    with serving(Post(**rules)) as port, smtp.connect(local(port)) as line:
        with pytest.raises(smtp.Refusal) as caught:
            line.deliver("a@example.org", "b@example.org", RAW, nothing)
        assert line.usable
    assert (caught.value.about, caught.value.permanent) == (about, permanent)


def test_the_size_a_server_takes_is_known_before_anything_is_sent() -> None:
    with serving(Post(), data_size_limit=1000) as port, smtp.connect(local(port)) as line:
        assert line.limit == 1000
        with pytest.raises(smtp.Refusal) as caught:
            line.deliver("a@example.org", "b@example.org", RAW + b"x" * 2000, nothing)
        assert caught.value.too_large


def test_a_line_dropped_after_the_final_dot_is_lost_after_the_commit() -> None:
    committed: list[int] = []
    with rude(Rude("drop")) as port, smtp.connect(local(port)) as line:
        with pytest.raises(smtp.Lost):
            line.deliver("a@example.org", "b@example.org", RAW, lambda: committed.append(1))
        assert not line.usable
    assert committed == [1]


def test_a_server_that_hangs_is_given_up_in_time() -> None:
    start = time.monotonic()
    with rude(Rude("hang")) as port, smtp.connect(local(port)) as line:
        with pytest.raises(smtp.Lost):
            line.deliver("a@example.org", "b@example.org", RAW, nothing)
        assert time.monotonic() - start < 4.5


def test_a_server_that_speaks_a_byte_at_a_time_is_given_up_in_time() -> None:
    """Each byte comes well within the timeout of a single wait; only the limit of the whole ends it."""
    start = time.monotonic()
    with rude(Rude("drip")) as port, pytest.raises(ParallaxError, match="try again later") as caught:
        deliver(Server("127.0.0.1", port, "none", seconds=2, patience=1))
    assert time.monotonic() - start < 2
    assert caught.value.exit_code == 75


@pytest.mark.parametrize("what", ["close", "nobody"])
def test_a_server_that_is_not_there_is_for_later(what: str) -> None:
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(rude(Rude("close"))) if what == "close" else 9
        with pytest.raises(ParallaxError, match="try again later") as caught:
            deliver(local(port))
    assert caught.value.exit_code == 75


def test_an_answer_a_byte_at_a_time_after_the_final_dot_is_given_up_in_time() -> None:
    start = time.monotonic()
    with rude(Rude("drip after dot")) as port, smtp.connect(local(port)) as line:
        with pytest.raises(smtp.Lost):
            line.deliver("a@example.org", "b@example.org", RAW, nothing)
        assert time.monotonic() - start < 4.5


def test_half_an_answer_is_none() -> None:
    """The line ends within «250 taken»: whether the message was taken, nobody can know."""
    with rude(Rude("half an answer")) as port, smtp.connect(local(port)) as line, pytest.raises(smtp.Lost):
        line.deliver("a@example.org", "b@example.org", RAW, nothing)


def test_an_answer_that_makes_no_sense_is_a_lost_line() -> None:
    """250 to DATA: whatever comes next would be read as commands, so nothing more is said."""
    behaviour = Rude("yes to DATA")
    with rude(behaviour) as port, smtp.connect(local(port)) as line:
        with pytest.raises(smtp.Lost, match="no sense"):
            line.deliver("a@example.org", "b@example.org", RAW, nothing)
        assert not line.usable
    assert behaviour.dots == 0


def test_a_file_of_authorities_that_holds_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with pytest.raises(ParallaxError, match=r"ca\.pem: holds no certificates") as caught:
        deliver(Server("localhost", 1, authorities=tmp_path / "ca.pem"))
    assert caught.value.exit_code == 78


def test_when_the_ledger_cannot_be_written_the_message_is_not_finished() -> None:
    """Without its final dot a message does not exist: no server may deliver it."""
    post = Post()

    def full() -> None:
        raise ParallaxError("outbox", "no space left", 73)

    with serving(post) as port, pytest.raises(ParallaxError, match="no space left"):
        deliver(local(port), full)
    assert post.taken == []


def with_port(server: Server, port: int) -> Server:
    return Server(server.host, port, server.security, server.user, server.password, server.authorities, 2, 5)
