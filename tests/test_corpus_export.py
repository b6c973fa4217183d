"""Exports are split by the publisher's own marks; what is not understood is counted and named, never lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.article import article
from compare.corpus.draft import Draft
from compare.corpus.readers import export
from compare.model import Problem

GOLDEN = Path(__file__).parent / "golden" / "exports"
CASES = sorted(path for path in GOLDEN.glob("*.txt") if not path.name.endswith(".read.txt"))
FURNITURE = ("load-date", "classification", "language: english", "copyright", "all rights reserved",
             "end of document", "publication-type", "document url", "results found")  # fmt: skip


def as_read(text: str, name: str) -> str:
    """What a golden file states: each article with its fields and cleaned paragraphs, then the problems."""
    lines = []
    problems = []
    for one in export.drafts(text, name):
        if isinstance(one, Problem):
            problems.append(f"! {one.where}: {one.what}")
            continue
        done, _ = article(one, None, None)
        assert done is not None
        lines += [
            f"== {done.origin}",
            f"{done.outlet} | {done.published} | {done.author or '-'}",
            done.body,
            "",
        ]
    return "\n".join([*lines, *problems]) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    """An export comes out as the file beside it says."""
    text = path.read_text(encoding="utf-8")
    assert export.looks_like(text)
    assert as_read(text, path.stem) == path.with_suffix(".read.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_field_in_the_text(path: Path) -> None:
    """Nothing of the publisher's fields ends in a body, and each line left out is kept as removed."""
    text = path.read_text(encoding="utf-8")
    for one in export.drafts(text, "a"):
        if isinstance(one, Draft):
            assert not [word for word in FURNITURE if f"\n{word}" in f"\n{one.text.casefold()}"]
            assert one.removed


def bodies(text: str) -> list[str]:
    return [" ".join(one.text.split()) for one in export.drafts(text, "a") if isinstance(one, Draft)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_line_ends_do_not_matter(path: Path) -> None:
    """Windows line ends, form feeds between documents and no-break spaces give the same articles."""
    text = path.read_text(encoding="utf-8")
    assert bodies(text.replace("\n", "\r\n")) == bodies(text)
    assert bodies(text.replace(": ", ":\xa0")) == bodies(text)


def test_a_count_that_differs_is_said() -> None:
    """The number that an export states is checked against what was found, with both counts."""
    text = (GOLDEN / "lexisnexis_classic.txt").read_text(encoding="utf-8")
    short = text[: text.index("3 of 3 DOCUMENTS")].rstrip()
    problems = [one for one in export.drafts(short, "a") if isinstance(one, Problem)]
    assert [one.what.split(";")[0] for one in problems] == [
        "the LexisNexis export says it holds 3 documents and 2 were found"
    ]
    assert problems[0].code == 65


def test_a_known_family_in_an_unknown_layout_is_one_named_line() -> None:
    """Twenty documents of a known publisher that nobody understands are one line with the count."""
    text = "".join(f"\n   {n} of 20 DOCUMENTS\n\nWords {n} in no known order.\n" for n in range(1, 21))
    (only,) = export.drafts(text, "a")
    assert isinstance(only, Problem)
    assert "LexisNexis export: layout not known in 20 of 20 documents" in only.what


@pytest.mark.parametrize(
    "text",
    [
        "Ferry to Lunn runs again\n\nIt was 1 of 20 DOCUMENTS in the drawer, said Bo. It sails.\n",
        "Notes\n\n____________________\n\nThe ferry sails. Full text: see below.\n",
        "HD is a code.\nLP is another one. Document 5 of them.\n",
        "",
    ],
)
def test_ordinary_text_is_no_export(text: str) -> None:
    """A text that mentions a mark is not taken for an export."""
    assert not export.looks_like(text)


def test_a_name_of_a_field_in_a_sentence_stays() -> None:
    """A paragraph that begins with the name of a field is text where more text follows."""
    classic = bodies((GOLDEN / "lexisnexis_classic.txt").read_text(encoding="utf-8"))
    assert "Language: never a small matter" in classic[0]
    assert "Location: the pier of Lunn" in bodies((GOLDEN / "proquest.txt").read_text(encoding="utf-8"))[0]
    assert "IN the eleven days" in bodies((GOLDEN / "factiva_codes.txt").read_text(encoding="utf-8"))[0]


def test_many_documents_in_linear_time() -> None:
    """Two thousand documents are each read once, in their order."""
    one = (
        "\n  {n} of 2000 DOCUMENTS\n\nSkerry Times\n\nMarch 5, 2024 Tuesday\n\nFerry {n}\n\nLENGTH: 9 words\n"
    )
    text = "".join(one.replace("{n}", str(n)) + f"\nIt sails, number {n}.\n" for n in range(1, 2001))
    found = list(export.drafts(text, "a"))
    assert [one.origin for one in found if isinstance(one, Draft)] == [f"a#{n}" for n in range(1, 2001)]
    assert len(found) == 2000


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_exports_never_break(data: st.DataObject) -> None:
    """Lines dropped, doubled or swapped give drafts and problems, each document one or the other."""
    path = data.draw(st.sampled_from(CASES))
    lines = path.read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, max(0, len(lines) - 1)))
        to = data.draw(st.integers(0, max(0, len(lines) - 1)))
        lines[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.sampled_from(
                [[], ["x" * 200], lines[to : to + 2], ["Body"], ["LENGTH: words"], ["1 of 9 DOCUMENTS"]]
            )
        )
    for one in export.drafts("\n".join(lines), "a"):
        assert isinstance(one, Draft | Problem)
        if isinstance(one, Draft):
            assert one.text.strip()
