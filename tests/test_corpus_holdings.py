"""A comparison gets from a catalogue what it would get from reading the files."""

import datetime as dt
from pathlib import Path

from corpus_kit import add, put, record, text

from compare import pipeline
from compare.config import Config
from compare.corpus import holdings

ARTICLES = Path(__file__).parent / "articles"


def test_the_brief_is_the_same_bytes_from_the_files_and_from_the_catalogue(tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    add(corpus, ARTICLES)
    said = [pipeline.read_corpus(place, None)[1] for place in (corpus, ARTICLES)]
    assert said[0] == tuple(sorted(said[1], key=str))
    made = []
    for place in (ARTICLES, corpus):
        found = pipeline.read_corpus(place, None)
        brief = pipeline.brief(found, Config(), Path("c"), None, lambda items, _: items)
        made.append(pipeline.render(brief, "json", Config()))
    assert made[0] == made[1]


def test_an_undated_article_of_a_catalogue_is_in_no_week_and_counted(tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    add(corpus, ARTICLES)
    found, problems = pipeline.read_corpus(corpus, "2025-W20")
    assert sorted(Path(one.origin).name for one in found) == ["agency.html", "courier.md"]
    assert [one.what for one in problems if one.where == str(corpus)] == [
        f"1 without a date, in no week's brief: parallax list --corpus {corpus} shows which"
    ]


def test_one_text_in_two_files_is_counted_once_and_said(tmp_path: Path) -> None:
    put(tmp_path, "in/Quay/a.txt", text(1))
    put(tmp_path, "in/Quay/b.txt", text(1) + "\n\n")
    add(tmp_path / "c", tmp_path / "in")
    found, problems = holdings.read(tmp_path / "c")
    assert (found, problems) == pipeline.read_folder(tmp_path / "in")
    assert ["counted once" in one.what for one in problems] == [True]


def test_files_beside_the_catalogue_that_were_not_added_are_counted(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", text(1))
    put(tmp_path, "week/b.txt", text(2))
    add(tmp_path, tmp_path / "a.txt")
    found, (problem,) = holdings.read(tmp_path)
    assert len(found) == 1
    assert "1 file beside the catalogue not added: parallax add" in problem.what
    add(tmp_path, tmp_path)
    found, problems = holdings.read(tmp_path)
    assert (len(found), problems) == (2, ())


def test_a_week_counts_what_was_refused_and_all_weeks_name_it(tmp_path: Path) -> None:
    put(tmp_path, "in/many.jsonl", record(1, date="2025-05-16") + "\n" + record(2, date="2025-01-01"))
    put(tmp_path, "in/none.txt", "")
    add(tmp_path / "c", tmp_path / "in")
    found, (problem,) = holdings.read(tmp_path / "c", [dt.date(2025, 5, 16)])
    assert (len(found), problem.code) == (1, 0)
    assert "1 entry was refused when added" in problem.what
    found, (problem,) = holdings.read(tmp_path / "c")
    assert (len(found), problem.where, problem.code) == (2, str(tmp_path / "in/none.txt"), 65)
