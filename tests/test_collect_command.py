"""`parallax collect` as a user calls it, and docs/collect.md, whose calls and messages are true."""

import functools
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import click
import collect_kit as kit
import pytest
from collect_kit import Site

from compare.cli.collect import collect
from compare.corpus import catalogue
from compare.corpus.collect import run

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])
DOC = (Path(__file__).parent.parent / "docs" / "collect.md").read_text(encoding="utf-8")
SOURCES = Path(run.__file__).parent.glob("*.py")
CALLS = sorted(set(re.findall(r"parallax collect (.*?)(?:`|'?$)", DOC, re.MULTILINE)))
OWN = ("--allow-private", "--delay", "0")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with kit.serving() as found:
        yield found


def parallax(*arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "compare", "collect", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


def test_a_line_a_source_comes_out_and_a_line_a_problem_on_the_other_side(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = kit.feed(site.article("/news/1", "The northern quay"), site.url("/nowhere"))
    addresses = f"{site.article('/news/2', 'The southern basin')}\nnonsense\n"
    done = parallax("--corpus", str(tmp_path / "c"), *OWN, "--from", "-", site.url("/feed"), given=addresses)
    assert done.stdout == f"{site.url('/feed')}: 1 new, 1 gone\n-: 1 new\n"
    assert sorted(done.stderr.splitlines()) == [
        "-:2: nonsense: only http and https are asked; give another address",
        f"{site.url('/nowhere')}: there is no such page (404); check the address",
    ]
    assert done.returncode == 65


def test_without_allow_private_nothing_on_this_machine_is_asked(site: Site, tmp_path: Path) -> None:
    before = sum(site.asked.values())
    done = parallax("--corpus", str(tmp_path / "c"), site.url("/feed"))
    assert done.returncode == 65
    assert "is not a public host (127.0.0.1); not asked" in done.stderr
    assert sum(site.asked.values()) == before


def test_calls_that_make_no_sense_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    where = tmp_path / "c"
    for arguments in (
        ("--delay", "0", "http://example.org/"),
        (),
        ("--contact", "a\nb", "http://example.org/"),
    ):
        done = parallax("--corpus", str(where), *arguments)
        assert done.returncode in {64, 65}
        assert done.stderr.count("\n") <= 2
        assert not where.exists()


def test_a_place_that_can_hold_no_corpus_is_named(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = parallax("--corpus", str(tmp_path / "file"), *OWN, site.url("/feed"))
    assert (done.returncode, done.stderr.count("\n")) == (73, 1)


def test_a_run_that_is_interrupted_ends_at_once_and_the_next_goes_on(site: Site, tmp_path: Path) -> None:
    slow = [f"/slow/{n}" for n in range(4)]
    for number, path in enumerate(slow):
        site.article(path, f"The long quay, part {number}")
    site.pages["/slowfeed"] = kit.feed(*map(site.url, slow))
    answered, first = threading.Event(), site.pages[slow[0]]
    assert isinstance(first, bytes)

    def hold(asked: kit.Handler) -> None:
        answered.wait(60)
        asked.give(first)

    site.pages[slow[0]] = hold
    place = str(tmp_path / "c")
    command = [
        sys.executable,
        "-m",
        "compare",
        "collect",
        "--corpus",
        place,
        "--allow-private",
        site.url("/slowfeed"),
    ]
    # A shell that starts tests in the background has them ignore Ctrl-C, and what they start as well.
    heard = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heard) as process:  # noqa: PLW1509
        while not site.asked[slow[0]]:
            time.sleep(0.02)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    answered.set()
    assert (process.returncode, said.strip()) == (
        130,
        "parallax: interrupted; nothing half written was left behind",
    )
    assert time.monotonic() - begun < 2.0
    done = parallax("--corpus", place, *OWN)
    assert done.returncode == 0
    with catalogue.opened(Path(place)) as book:
        assert len(list(catalogue.articles(book))) == 4
    assert max(site.asked[path] for path in slow[1:]) == 1


@pytest.mark.parametrize("line", CALLS)
def test_every_call_in_the_docs_has_options_that_exist(line: str) -> None:
    collect.make_parser(click.Context(collect)).parse_args(shlex.split(line))


def test_every_outcome_and_message_in_the_docs_is_one_the_program_has() -> None:
    code = " ".join(" ".join(file.read_text(encoding="utf-8").split()) for file in SOURCES)
    code = code.replace('" "', "").replace('" f"', "")
    outcomes = re.findall(r"^\| ([a-z. ]+) \| .* \| .* \|$", DOC, re.MULTILINE)
    assert set(run.OUTCOMES) <= set(outcomes)
    rows = DOC.split("## What the messages mean")[1].split("| exit code")[0]
    messages = [part for row in re.findall(r"^\| (.+?) \| ", rows, re.MULTILINE) for part in row.split("; ")]
    for message in messages:
        for words in re.split(r"…|\(.*?\)|5|10 MB|a page|a feed", message):
            assert len(words) < 4 or words.strip() in code or words.strip() in SYNDICATION, words


SYNDICATION = (Path(catalogue.__file__).parent / "syndication.py").read_text(
    encoding="utf-8"
) + "message what to do"
