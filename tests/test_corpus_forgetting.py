"""What is forgotten is gone from text, index, register and disk, and stays away."""

from pathlib import Path

from corpus_kit import add, held, put, record, text, wrong

from compare.corpus import catalogue, checking, forgetting, raw, register
from compare.corpus.forgetting import Forgotten
from compare.corpus.register import Withdrawal


def forget(corpus: Path, *ids: str) -> Forgotten:
    with catalogue.opened(corpus, write=True) as book:
        return forgetting.forget(book, corpus, ids)


def test_nothing_of_an_article_is_left_in_any_file(tmp_path: Path) -> None:
    secret = "Zanzibarquell"
    add(tmp_path / "c", put(tmp_path, "one.txt", text(1)), put(tmp_path, "two.txt", text(2, secret)))
    one = next(one for one in held(tmp_path / "c") if secret in one.title)
    gone = forget(tmp_path / "c", one.id)
    assert (gone.ids, len(gone.removed), gone.shared) == ((one.id,), 1, ())
    for file in (tmp_path / "c").rglob("*"):
        if file.is_file():
            assert secret.lower().encode() not in file.read_bytes().lower(), file
            assert b"two.txt" not in file.read_bytes(), file
    assert wrong(tmp_path / "c") == []


def test_a_raw_file_stays_while_another_article_needs_it_and_brings_nothing_back(tmp_path: Path) -> None:
    source = put(tmp_path, "many.jsonl", record(1) + "\n" + record(2))
    corpus = tmp_path / "c"
    add(corpus, source)
    first, second = held(corpus)
    gone = forget(corpus, first.id)
    assert (gone.removed, len(gone.shared)) == ((), 1)
    source.rename(tmp_path / "renamed.jsonl")
    (outcome,) = add(corpus, tmp_path / "renamed.jsonl")
    assert outcome.added
    assert [one.what for one in outcome.added.problems if "was forgotten" in one.what]
    assert [one.id for one in held(corpus)] == [second.id]
    list(checking.rebuild(corpus))
    assert [one.id for one in held(corpus)] == [second.id]
    forget(corpus, second.id)
    assert list(raw.all_files(corpus)) == []
    assert wrong(corpus) == []


def test_what_was_forgotten_with_its_file_may_come_back(tmp_path: Path) -> None:
    source = put(tmp_path, "one.txt", text(1))
    add(tmp_path / "c", source)
    (one,) = held(tmp_path / "c")
    forget(tmp_path / "c", one.id)
    add(tmp_path / "c", source)
    assert held(tmp_path / "c") == [one]
    list(checking.rebuild(tmp_path / "c"))
    assert held(tmp_path / "c") == [one]
    assert wrong(tmp_path / "c") == []


def test_a_forgetting_that_was_stopped_is_found_and_finished(tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    add(corpus, put(tmp_path, "one.txt", text(1)), put(tmp_path, "two.txt", text(2)))
    one, other = held(corpus)
    with catalogue.opened(corpus) as book:
        plan = forgetting.planned(book, [one.id])
    register.note(corpus, Withdrawal(plan.ids, plan.removed))
    assert ["was stopped" in found.what for found in wrong(corpus)] == [True]
    with catalogue.opened(corpus, write=True) as book:
        list(checking.mend(corpus, book))
    assert held(corpus) == [other]
    assert wrong(corpus) == []


def test_a_raw_file_left_by_a_stopped_forgetting_is_taken_away_and_not_in(tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    add(corpus, put(tmp_path, "one.txt", text(1)))
    (one,) = held(corpus)
    with catalogue.opened(corpus, write=True) as book:
        plan = forgetting.planned(book, [one.id])
        register.note(corpus, Withdrawal(plan.ids, plan.removed))
        forgetting.withdraw(book, plan)
    assert len(wrong(corpus)) == 1
    with catalogue.opened(corpus, write=True) as book:
        list(checking.mend(corpus, book))
    assert (held(corpus), list(raw.all_files(corpus)), wrong(corpus)) == ([], [], [])


def test_files_without_an_article_go_and_what_was_stopped_is_finished(tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    add(corpus, put(tmp_path, "none.json", "[]"), put(tmp_path, "one.txt", text(1)))
    before = held(corpus)
    with catalogue.opened(corpus, write=True) as book:
        plan = forgetting.planned_refused(book)
        assert (plan.ids, len(plan.removed)) == ((), 1)
        register.note(corpus, Withdrawal(plan.ids, plan.removed))
    assert wrong(corpus) == []  # stopped here it did not begin, and is done by asking again
    with catalogue.opened(corpus, write=True) as book:
        forgetting.withdraw(book, plan)
    assert ["not in the catalogue" in found.what for found in wrong(corpus)] == [True]
    with catalogue.opened(corpus, write=True) as book:
        list(checking.mend(corpus, book))
    assert (held(corpus), wrong(corpus), len(list(raw.all_files(corpus)))) == (before, [], 1)
    add(corpus, put(tmp_path, "none.json", "[]"))
    with catalogue.opened(corpus, write=True) as book:
        forgetting.forgotten(book, corpus, forgetting.planned_refused(book))
    assert (held(corpus), wrong(corpus), len(list(raw.all_files(corpus)))) == (before, [], 1)


def test_an_unknown_id_forgets_nothing(tmp_path: Path) -> None:
    add(tmp_path / "c", put(tmp_path, "one.txt", text(1)))
    assert forget(tmp_path / "c", "nowhere").ids == ()
    assert len(held(tmp_path / "c")) == 1
