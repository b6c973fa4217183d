"""A check says exactly what is wrong; mending and rebuilding lose nothing."""

from pathlib import Path

import pytest
from corpus_kit import add, held, put, record, text, wrong

from compare.corpus import catalogue, checking, raw, register
from compare.corpus.register import Accession
from compare.errors import ParallaxError


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for number in range(3):
        put(tmp_path, f"in/Quay Gazette/{number}.txt", text(number))
    put(tmp_path, "in/many.jsonl", "\n".join(record(number) for number in range(10, 14)))
    add(tmp_path / "corpus", tmp_path / "in")
    return tmp_path / "corpus"


def mended(corpus: Path) -> list[str]:
    with catalogue.opened(corpus, write=True) as book:
        return [one.what for one in checking.mend(corpus, book)]


def test_a_whole_corpus_has_nothing_wrong(corpus: Path) -> None:
    assert wrong(corpus) == []
    assert mended(corpus) == []


def test_changed_bytes_are_named_and_put_right_by_adding_the_original(corpus: Path) -> None:
    file = next(raw.all_files(corpus))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"e", b"a"))
    (one,) = wrong(corpus)
    assert (one.where, one.code) == (str(file), 65)
    assert "add the original again" in one.what
    before = held(corpus)
    add(corpus, corpus.parent / "in")
    assert wrong(corpus) == []
    assert held(corpus) == before


def test_a_missing_raw_file_is_named_and_put_back_by_adding_the_original(corpus: Path) -> None:
    file = next(raw.all_files(corpus))
    file.unlink()
    assert [(one.where, "is missing" in one.what) for one in wrong(corpus)] == [(str(file), True)]
    add(corpus, corpus.parent / "in")
    assert wrong(corpus) == []


def test_a_changed_text_is_named(corpus: Path) -> None:
    with catalogue.opened(corpus, write=True) as book:
        book.db.execute("UPDATE articles SET body = body || ' Not so.' WHERE num = 1")
    assert ["is not what was written" in one.what for one in wrong(corpus)] == [True]


def test_an_index_that_lacks_an_article_is_named(corpus: Path) -> None:
    with catalogue.opened(corpus, write=True) as book:
        book.db.execute(
            "INSERT INTO words (words, rowid, title, body) "
            "SELECT 'delete', num, title, body FROM articles LIMIT 1"
        )
    assert ["index of words" in one.what for one in wrong(corpus)] == [True]


def test_half_a_copy_is_named_and_taken_away(corpus: Path) -> None:
    put(corpus, "raw/.part.abc", "half")
    assert ["was stopped" in one.what for one in wrong(corpus)] == [True]
    assert len(mended(corpus)) == 1
    assert wrong(corpus) == []


def test_bytes_that_were_registered_are_taken_in(corpus: Path) -> None:
    kept = raw.keep(corpus, text(50).encode())
    register.note(corpus, Accession(kept.hash, "in/Hill Post/50.txt", root="in"))
    assert ["is not in the catalogue" in one.what for one in wrong(corpus)] == [True]
    assert len(mended(corpus)) == 1
    assert wrong(corpus) == []
    assert "Hill Post" in {one.outlet for one in held(corpus)}


def test_bytes_that_nobody_named_are_set_aside_and_never_deleted(corpus: Path) -> None:
    kept = raw.keep(corpus, text(50).encode())
    assert ["under no name" in one.what for one in wrong(corpus)] == [True]
    mended(corpus)
    assert (corpus / "aside" / kept.hash).read_bytes() == text(50).encode()
    assert wrong(corpus) == []


def test_a_stray_file_is_named_and_left(corpus: Path) -> None:
    stray = put(corpus, "raw/ab/notes.txt", "mine")
    assert [one.where for one in wrong(corpus)] == [str(stray)]
    assert mended(corpus) == []
    assert stray.exists()


def test_a_lost_register_is_written_again(corpus: Path) -> None:
    register.path(corpus).unlink()
    assert len(wrong(corpus)) == 4
    mended(corpus)
    assert wrong(corpus) == []
    before = held(corpus)
    list(checking.rebuild(corpus))
    assert held(corpus) == before


def test_a_catalogue_made_anew_is_the_same_and_the_old_one_is_kept(corpus: Path) -> None:
    before = held(corpus)
    (corpus / "catalogue.db").write_bytes(b"no database at all")
    list(checking.rebuild(corpus))
    assert held(corpus) == before
    assert (corpus / "catalogue.db.aside-1").read_bytes() == b"no database at all"
    list(checking.rebuild(corpus))
    assert held(corpus) == before
    assert (corpus / "catalogue.db.aside-2").exists()
    assert wrong(corpus) == []


def test_damaged_bytes_are_not_read_into_a_new_catalogue(corpus: Path) -> None:
    file = next(raw.all_files(corpus))
    file.chmod(0o644)
    file.write_bytes(text(99).encode())
    said = list(checking.rebuild(corpus))
    assert [one.where for one in said if one.code] == [str(file)]
    assert not any("99" in one.title for one in held(corpus))


def test_where_nothing_was_kept_nothing_is_made_anew(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match="cannot be made anew"):
        list(checking.rebuild(tmp_path))
    assert list(tmp_path.iterdir()) == []
