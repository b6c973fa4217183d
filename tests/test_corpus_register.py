"""The register remembers what came in under which name, also after a line was cut short."""

from pathlib import Path

from compare.corpus import register
from compare.corpus.register import Accession, Withdrawal

FIRST = Accession("ab" * 32, "week/ä\n.txt", outlet="Quay Gazette", root="week", url="https://a.example/x")
SECOND = Withdrawal(("0123456789ab",), ("ab" * 32,))


def test_what_is_noted_is_read_back_in_order(tmp_path: Path) -> None:
    register.note(tmp_path, FIRST)
    register.note(tmp_path, SECOND)
    register.flush(tmp_path)
    assert list(register.entries(tmp_path)) == [FIRST, SECOND]


def test_a_line_cut_short_costs_only_itself(tmp_path: Path) -> None:
    register.note(tmp_path, FIRST)
    with register.path(tmp_path).open("ab") as file:
        file.write(b'{"accession": {"raw": "00')
    register.note(tmp_path, SECOND)
    assert list(register.entries(tmp_path)) == [FIRST, SECOND]


def test_lines_of_no_known_kind_are_passed_over(tmp_path: Path) -> None:
    register.path(tmp_path).write_bytes(
        b'[]\n{"else": 1}\n\xff\xfe\n{"accession": {"unknown": 1}}\n"accession"\n'
    )
    register.note(tmp_path, FIRST)
    assert list(register.entries(tmp_path)) == [FIRST]


def test_a_rewriting_keeps_what_is_wanted(tmp_path: Path) -> None:
    register.note(tmp_path, FIRST)
    register.note(tmp_path, SECOND)
    register.rewrite(tmp_path, lambda entry: entry == SECOND)
    assert list(register.entries(tmp_path)) == [SECOND]


def test_a_corpus_without_a_register_has_no_entries(tmp_path: Path) -> None:
    assert list(register.entries(tmp_path)) == []
