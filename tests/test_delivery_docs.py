"""The examples in docs/digest.md are calls and files that work."""

import configparser
import re
import shlex
from pathlib import Path

import click
import pytest

from compare.cli.digest import digest
from compare.cli.weekly import weekly
from compare.delivery import people, settings

TEXT = (Path(__file__).parent.parent / "docs" / "digest.md").read_text(encoding="utf-8")
CALLS = sorted(set(re.findall(r"parallax ((?:digest|weekly) .*?)(?:`|$)", TEXT, re.MULTILINE)))


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_there_are_calls_to_check() -> None:
    assert len(CALLS) >= 4


@pytest.mark.parametrize("line", CALLS)
def test_every_call_has_options_that_exist(line: str) -> None:
    name, *words = shlex.split(line)
    command: click.Command = weekly if name == "weekly" else digest
    if words[:1] == ["status"]:
        command, words = digest.commands["status"], words[1:]
    command.make_parser(click.Context(command)).parse_args(words)


def test_the_list_is_read_without_a_complaint(tmp_path: Path) -> None:
    (toml,) = blocks("toml")
    for name, text in (("login.toml", 'user = "a"\npassword = "b"'), ("dkim.pem", "key")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o600)
    found = people.read(toml, "people.toml")
    assert len(found.recipients) == 2
    assert found.problems == ()
    settings.addressing(found.tables, {}, "people.toml")
    assert settings.server(found.tables, {}, "", tmp_path, "people.toml").port == 587
    assert settings.signing(found.tables, tmp_path, "people.toml") is not None


def test_the_units_are_units_and_name_each_other() -> None:
    service, timer = (configparser.RawConfigParser(strict=True) for _ in range(2))
    for parser, text in zip((service, timer), blocks("ini"), strict=True):
        parser.read_string(text)
    assert service["Service"]["Type"] == "oneshot"
    assert "75" not in service["Service"]["RestartPreventExitStatus"].split()
    assert timer["Timer"]["OnCalendar"].startswith("Mon ")
