"""`parallax digest` from the command line to a mail server: once to each, quietly, and without a secret."""

import dataclasses
import json
import logging
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme
from click.testing import CliRunner, Result
from delivery_kit import Post, brief, knowing, parsed, serving

from compare import pipeline
from compare.cli.digest import digest
from compare.delivery import outbox
from compare.errors import ParallaxError
from compare.model import Problem
from compare.report.brief import compose
from compare.report.pdf import Printed

CANARY = "c4nary-5ecret"
PDF = b"%PDF-1.7 " + bytes(range(256)) * 30
LIST = """
[list]
from = "Parallax <digest@example.org>"
id = "weekly.example.org"
unsubscribe = "https://example.org/out?who={address}"
[server]
host = "localhost"
security = "none"
port = %d
seconds = 2
[[person]]
name = "Ana"
address = "ana@example.org"
[[person]]
address = "nobody"
[[person]]
address = "bo@example.org"
"""


@pytest.fixture(autouse=True)
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reading and rendering have tests of their own: here a finished brief stands in. What was rendered."""
    forms: list[str] = []

    def render(made: object, form: str, *_: object) -> bytes:
        forms.append(form)
        return PDF if form == "pdf" else b"{}"

    monkeypatch.setattr(pipeline, "read_corpus", lambda *_, **__: ((), ()))
    monkeypatch.setattr(pipeline, "brief", lambda *_: brief())
    monkeypatch.setattr(pipeline, "render", render)
    monkeypatch.setattr(pipeline, "printed", lambda made, *_: (Printed(render(made, "pdf"), 1),))
    return forms


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("PARALLAX_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextmanager
def listed(folder: Path, post: Post) -> Iterator[Path]:
    with serving(post) as port:
        path = folder / "people.toml"
        path.write_text(LIST % port)
        yield path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(digest, [str(one) for one in arguments], standalone_mode=False)


def test_everybody_on_the_list_gets_the_report_once_and_a_bad_line_is_named(folder: Path) -> None:
    post = Post()
    with listed(folder, post) as people:
        first = call("--week", "2025-W20", "--corpus", folder, "--list", people)
        second = call("--week", "2025-W20", "--corpus", folder, "--list", people)
    assert post.recipients == ["ana@example.org", "bo@example.org"]
    assert [part.get_content() for part in parsed(post.taken[0][1]).iter_attachments()] == [PDF]
    assert "people.toml, line 14: address 'nobody' is no mail address" in first.stderr
    assert first.stdout == "digest 2025-W20, edition 1: 2 sent\n"
    assert (first.return_value, second.return_value) == (65, 65)


def test_the_pdf_is_rendered_once_for_all_and_not_again(folder: Path, rendered: list[str]) -> None:
    with listed(folder, Post()) as people:
        call("--week", "2025-W20", "--corpus", folder, "--list", people)
        call("--week", "2025-W20", "--list", people)
    assert rendered == ["pdf"]


def test_another_edition_is_sent_anew(folder: Path) -> None:
    post = Post()
    with listed(folder, post) as people:
        for edition in ("1", "1", "2"):
            call("--week", "2025-W20", "--corpus", folder, "--list", people, "--edition", edition)
    assert len(post.taken) == 4


def test_to_sends_to_these_alone_with_the_lists_settings(folder: Path) -> None:
    post = Post()
    with listed(folder, post) as people:
        result = call(
            "--week",
            "2025-W20",
            "--corpus",
            folder,
            "--list",
            people,
            "--to",
            "Cy <cy@example.org>",
            "--json",
        )
    assert post.recipients == ["cy@example.org"]
    names = [part.get_filename() for part in parsed(post.taken[0][1]).iter_attachments()]
    assert names == ["parallax-2025-W20.pdf", "parallax-2025-W20.json"]
    assert result.return_value == 65  # the list has its bad line still


def test_a_dry_run_shows_who_would_get_it_and_touches_nothing(folder: Path) -> None:
    post = Post()
    with listed(folder, post) as people:
        result = call("--week", "2025-W20", "--corpus", folder, "--list", people, "--dry-run")
        assert not (folder / "state").exists()
        call("--week", "2025-W20", "--corpus", folder, "--list", people, "--to", "bo@example.org")
        again = call("--week", "2025-W20", "--corpus", folder, "--list", people, "--dry-run")
    assert "would be sent ana@example.org\nwould be sent bo@example.org" in result.stdout
    assert "would be sent ana@example.org\nsent          bo@example.org" in again.stdout
    assert post.recipients == ["bo@example.org"]


def test_eml_writes_a_message_that_another_mailer_can_send(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_FROM", "digest@example.org")
    result = call(
        "--week", "2025-W20", "--corpus", folder, "--eml", folder / "a.eml", "--to", "ana@example.org"
    )
    message = parsed((folder / "a.eml").read_bytes())
    assert result.return_value == 0
    assert message["To"] == "ana@example.org"
    assert "List-Id" not in message
    assert [part.get_content() for part in message.iter_attachments()] == [PDF]


def test_eml_without_recipient_names_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_FROM", "digest@example.org")
    call("--week", "2025-W20", "--corpus", folder, "--eml", folder / "a.eml")
    message = parsed((folder / "a.eml").read_bytes())
    assert "To" not in message
    assert message["Subject"].startswith("Parallax 2025-W20")


def test_status_says_who_got_what(folder: Path) -> None:
    post = Post(at_recipient=lambda address: "550 5.1.1 gone" if address.startswith("bo") else "")
    with listed(folder, post) as people:
        sent = call("--week", "2025-W20", "--corpus", folder, "--list", people)
    assert "bo@example.org: failed: 550 5.1.1 gone" in sent.stderr
    lines = call("status", "--week", "2025-W20").stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["sent", "failed"]
    told = json.loads(call("status", "--format", "json").stdout)["copies"]
    assert [step["state"] for step in told[0]["history"]] == ["claimed", "sending", "sent"]
    assert told[1]["answer"] == "550 5.1.1 gone"
    assert call("status", "--week", "2024-W01").stdout == "nothing was queued\n"


def test_what_the_brief_could_not_read_or_compare_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = Problem("a.txt, b.txt", "this story could not be compared", 70)
    made = dataclasses.replace(brief(), problems=(lost,))
    monkeypatch.setattr(pipeline, "brief", lambda *_: made)
    with listed(folder, Post()) as people:
        result = call("--week", "2025-W20", "--corpus", folder, "--list", people)
    assert "a.txt, b.txt: this story could not be compared\n" in result.stderr
    assert result.stdout == "digest 2025-W20, edition 1: 2 sent\n"


def test_retry_sends_what_was_refused_after_it_was_mended(folder: Path) -> None:
    answers = ["550 5.7.1 blocked"]
    post = Post(at_recipient=lambda _: answers[0])
    with listed(folder, post) as people:
        call("--week", "2025-W20", "--corpus", folder, "--list", people)
        answers[0] = ""
        call("--week", "2025-W20", "--list", people)
        assert post.taken == []
        result = call("--week", "2025-W20", "--list", people, "--retry")
    assert len(post.taken) == 2
    assert result.stdout == "digest 2025-W20, edition 1: 2 sent\n"


def test_two_runs_at_once_send_one_copy_each(folder: Path) -> None:
    """Two processes, started together on one outbox: one sends, the other says so or finds it done."""
    post = Post()
    with listed(folder, post) as people:
        call("--week", "2025-W20", "--corpus", folder, "--list", people, "--to", "cy@example.org")
        code = "from compare.cli.digest import digest; import sys; sys.exit(digest(standalone_mode=False))"
        command = [sys.executable, "-c", code, "--week", "2025-W20", "--list", str(people)]
        root = Path(__file__).parent.parent
        environment = os.environ | {"PYTHONPATH": str(root)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment}
        runs = [subprocess.Popen(command, **pipes) for _ in range(2)]  # type: ignore[call-overload]
        told = [run.communicate() for run in runs]
    assert sorted(post.recipients) == ["ana@example.org", "bo@example.org", "cy@example.org"]
    assert any(b"2 sent, 1 sent before" in out for out, _ in told)
    finished = (b"2 sent, 1 sent before", b"3 sent before", b"another run is sending")
    assert all(any(line in out + err for line in finished) for out, err in told)


def test_a_bad_address_after_to_is_named_and_the_others_get_theirs(folder: Path) -> None:
    post = Post()
    with listed(folder, post) as people:
        to = ("--to", "nobody", "--to", "cy@example.org")
        result = call("--week", "2025-W20", "--corpus", folder, "--list", people, *to)
    assert post.recipients == ["cy@example.org"]
    assert "--to: address 'nobody' is no mail address" in result.stderr
    assert result.return_value == 65


def test_resend_sends_what_is_in_doubt_and_nothing_else(folder: Path) -> None:
    post = Post()
    with listed(folder, post) as people:
        call("--week", "2025-W20", "--corpus", folder, "--list", people)
        with outbox.opened(folder / "state" / "parallax" / "outbox.db") as box, box._db:
            box._db.execute("UPDATE copy SET state = 'sending' WHERE mailbox LIKE 'bo%'")
        doubt = call("--week", "2025-W20", "--list", people)
        assert len(post.taken) == 2
        call("--week", "2025-W20", "--list", people, "--resend")
    assert "1 sent before, 1 in doubt" in doubt.stdout
    assert "bo@example.org: in doubt" in doubt.stderr
    assert post.recipients == ["ana@example.org", "bo@example.org", "bo@example.org"]
    assert post.taken[1][1] == post.taken[2][1]


@pytest.mark.parametrize(
    ("arguments", "what", "code"),
    [
        (["--corpus", "."], "--week", 64),
        (["--week", "2025-20", "--to", "a@b.c"], "--week", 64),
        (["--week", "2025-W20", "--corpus", "."], "nobody to send to", 64),
        (["--week", "2025-W20", "--to", "a@b.c", "--edition", "a/b"], "--edition", 64),
        (["--week", "2025-W20", "--to", "a@b.c"], "there is no sender", 78),
        (["status"], "nothing was ever sent", 66),
    ],
)
def test_a_wrong_call_says_what_to_do(folder: Path, arguments: list[str], what: str, code: int) -> None:
    error = call(*arguments).exception
    assert isinstance(error, ParallaxError)
    assert what in str(error)
    assert error.exit_code == code


def test_a_week_without_articles_is_sent_to_nobody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "brief", lambda *_: compose([]))
    post = Post()
    with listed(folder, post) as people:
        error = call("--week", "2025-W20", "--corpus", folder, "--list", people).exception
    assert isinstance(error, ParallaxError)
    assert "no article of 2025-W20" in str(error)
    assert error.exit_code == 66
    assert post.sessions == []


def test_a_list_of_nobody_costs_no_work(folder: Path, rendered: list[str]) -> None:
    (folder / "people.toml").write_text((LIST % 9).partition("[[person]]")[0])
    error = call("--week", "2025-W20", "--corpus", folder, "--list", folder / "people.toml").exception
    assert isinstance(error, ParallaxError)
    assert "no address is left" in str(error)
    assert rendered == []


def test_wrong_settings_show_before_the_long_work(folder: Path, rendered: list[str]) -> None:
    (folder / "people.toml").write_text(LIST % 9)
    error = call("--week", "2025-W20", "--corpus", folder, "--list", folder / "people.toml").exception
    assert isinstance(error, ParallaxError)
    assert error.exit_code == 75
    assert rendered == []


@pytest.mark.parametrize("known", [True, False])
def test_the_password_is_nowhere_but_on_the_encrypted_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, known: bool
) -> None:
    """A run that ends well and one that ends badly: output, log, error and every file are searched."""
    caplog.set_level(logging.DEBUG)
    ca = trustme.CA()
    (folder / "ca.pem").write_bytes(ca.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost").configure_cert(context)
    post = Post()
    login = knowing(b"ana", CANARY.encode() if known else b"other")
    with serving(post, tls_context=context, authenticator=login, auth_required=True) as port:
        for name, value in {
            "FROM": "digest@example.org", "SMTP_HOST": "localhost", "SMTP_PORT": port,
            "SMTP_USER": "ana", "SMTP_PASSWORD": CANARY, "SMTP_AUTHORITIES": folder / "ca.pem",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"PARALLAX_{name}", str(value))
        result = call("--week", "2025-W20", "--corpus", folder, "--to", "cy@example.org")
    assert len(post.taken) == int(known)
    assert "PARALLAX_SMTP_PASSWORD" not in os.environ
    told = result.output + repr(result.exception) + caplog.text
    told += call("status", "--format", "json").output if known else ""
    assert CANARY not in told
    for file in folder.rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes(), file.name


def test_what_only_renders_does_not_inherit_the_password(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that sets the PDF reads strangers' texts: it has no business with a login."""
    monkeypatch.setenv("PARALLAX_FROM", "digest@example.org")
    monkeypatch.setenv("PARALLAX_SMTP_PASSWORD", CANARY)
    call("--week", "2025-W20", "--corpus", folder, "--eml", folder / "a.eml")
    assert "PARALLAX_SMTP_PASSWORD" not in os.environ


def test_help_needs_nothing_heavy() -> None:
    code = (
        "import sys; from compare.cli.digest import digest\n"
        "try: digest(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    # Measuring coverage would import sqlite3 itself.
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=unmeasured
    )
    assert "parallax digest status" in found.stdout
    assert not {"smtplib", "sqlite3", "sklearn", "jinja2", "numpy"} & set(found.stdout.split())
