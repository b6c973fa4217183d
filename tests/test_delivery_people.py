"""A recipient list with mistakes names each with its line, and everybody else gets mail."""

from pathlib import Path

import pytest

from compare.delivery import people
from compare.delivery.address import Mailbox
from compare.errors import ParallaxError

GOOD = """
[list]
from = "Parallax <digest@example.org>"
id = "weekly.example.org"

[server]
host = "mail.example.org"

[[person]]
name = "Ana Pop"
address = "ana@example.org"

[[ person ]]  # no name
address = "bo@example.org"
"""


def test_people_and_tables_are_read_in_order() -> None:
    found = people.read(GOOD, "people.toml")
    assert found.recipients == (Mailbox("Ana Pop", "ana@example.org"), Mailbox("", "bo@example.org"))
    assert found.tables["list"]["id"] == "weekly.example.org"
    assert found.problems == ()


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ('address = "nobody"', "is no mail address"),
        ("address = bo@example.org", "is no TOML"),
        ('address = "bo@example.org', "is no TOML"),
        ("address = 5", "needs an address in quotes"),
        ('name = "Bo"', "needs an address in quotes"),
        ('address = "bo@example.org"\nemail = "x"', "no setting 'email'"),
        ('address = "bo@example.org\\r\\nBcc: x@y.z"', "is no mail address"),
    ],
)
def test_a_bad_entry_is_named_with_its_line_and_costs_nobody_else(entry: str, what: str) -> None:
    ana, cy = '[[person]]\naddress = "ana@example.org"\n', '[[person]]\naddress = "cy@example.org"\n'
    text = f"{ana}\n[[person]]\n{entry}\n{cy}"
    found = people.read(text, "people.toml")
    assert [one.address for one in found.recipients] == ["ana@example.org", "cy@example.org"]
    (problem,) = found.problems
    assert problem.where == "people.toml, line 4"
    assert what in problem.what
    assert problem.code == 65


def test_somebody_listed_twice_gets_one_copy_and_that_is_no_error() -> None:
    text = '[[person]]\naddress = "ana@example.org"\n[[person]]\naddress = "Ana@Example.org"'
    found = people.read(text, "people.toml")
    assert len(found.recipients) == 1
    assert [problem.code for problem in found.problems] == [0]


@pytest.mark.parametrize("text", ["[list\n", "[lists]\na = 1", "name = 'x'", '[[person.name]]\na = "b"'])
def test_a_head_that_cannot_be_read_stops_everything(text: str) -> None:
    with pytest.raises(ParallaxError) as caught:
        people.read(text, "people.toml")
    assert caught.value.exit_code == 78


def test_a_table_after_the_people_is_refused_and_not_overlooked() -> None:
    with pytest.raises(ParallaxError, match="must stand before") as caught:
        people.read('[[person]]\naddress = "ana@example.org"\n[server]\nhost = "a"', "people.toml")
    assert caught.value.exit_code == 78


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match=r"people\.toml: no such file") as caught:
        people.load(tmp_path / "people.toml")
    assert caught.value.exit_code == 66


def test_a_list_from_a_windows_editor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "people.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert len(people.load(path).recipients) == 2
