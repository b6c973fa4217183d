"""Volumes: over a budget of memory a brief comes in files that are each whole, and together have all."""

import dataclasses
import itertools
import subprocess
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pypdf
import pytest
import report_samples as samples
from click.testing import CliRunner

from compare import pipeline
from compare.cli.digest import digest
from compare.config import Config
from compare.errors import ParallaxError
from compare.model import Problem
from compare.pipeline import rendering
from compare.report import html, pdf, volumes
from compare.report.parts import Brief
from compare.report.pdf import gatherings


def page_of(brief: Brief) -> str:
    return html.render(brief, medium="print")


@pytest.fixture(scope="module")
def brief() -> Brief:
    return dataclasses.replace(samples.week(5, 2), problems=(Problem("a.txt", "has no text"),))


@pytest.fixture(scope="module")
def small() -> Brief:
    """A few pages, so that the tests that print are quick."""
    return samples.week(3, 2)


@pytest.fixture(scope="module")
def tight(small: Brief) -> pdf.Limits:
    """A budget that the small brief goes over, and half of it not."""
    room = len(page_of(small)) * pdf.BY_MILLION // 1_000_000
    return pdf.Limits(megabytes=pdf.LEAST + room * 2 // 3)


@pytest.fixture(scope="module")
def folder(small: Brief, tight: pdf.Limits, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small brief was saved in parts; what was said of it is beside."""
    made = tmp_path_factory.mktemp("parts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(made / "cache"))
        said: list[str] = []
        rendering.save(small, Config(), made / "week.pdf", said.append, tight)
        (made / "said").write_text("\n".join(said), encoding="utf-8")
    return made


def texts(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


def test_the_volumes_have_every_story_and_its_findings_once_under_the_numbers_they_had(brief: Brief) -> None:
    parts = volumes.divide(brief, (2, 2, 1))
    assert [one for part in parts for one in part.sections] == list(brief.sections)
    assert [[one.number for one in part.sections] for part in parts] == [[1, 2], [3, 4], [5]]
    assert {one.source.number for part in parts for one in part.sources} == {
        one.source.number for one in brief.sources
    }


def test_each_volume_tells_what_the_others_have(brief: Brief) -> None:
    told = [part.volume.told for part in volumes.divide(brief, (2, 1, 2)) if part.volume]
    more = ", and also what one outlet alone reports and what was not compared"
    assert told == [
        f"Part 1 of 3: stories 1 and 2 of 5. Part 2 has story 3; part 3 has stories 4 and 5{more}.",
        f"Part 2 of 3: story 3 of 5. Part 1 has stories 1 and 2; part 3 has stories 4 and 5{more}.",
        "Part 3 of 3: stories 4 and 5 of 5. Part 1 has stories 1 and 2; part 2 has story 3.",
    ]


def test_each_volume_has_a_cover_and_contents_of_its_own(brief: Brief) -> None:
    for part in volumes.divide(brief, (2, 2, 1)):
        anchors = {section.anchor for section in part.sections}
        assert part.highlights
        assert {highlight.story_anchor for highlight in part.highlights} <= anchors
        assert {line.anchor for line in part.contents} >= anchors | {"sources", "method"}
        assert {row.anchor for row in part.matrix.rows} == anchors | {one.anchor for one in part.singles}


def test_what_closes_a_brief_is_in_the_last_volume_alone(brief: Brief) -> None:
    *others, last = volumes.divide(brief, (2, 2, 1))
    assert not any(part.singles or part.problems or part.side_by_side for part in others)
    assert last.singles == brief.singles
    assert last.problems == brief.problems


@pytest.mark.parametrize("counts", [(2, 2, 1), (1, 1, 1, 1, 1)])
def test_no_link_leads_out_of_its_volume(brief: Brief, counts: tuple[int, ...]) -> None:
    for part in volumes.divide(brief, counts):
        page = page_of(part)
        links = {piece.split('"')[0] for piece in page.split('href="#')[1:]}
        names = {piece.split('"')[0] for piece in page.split(' id="')[1:]}
        assert links
        assert links <= names


def test_the_number_of_files_follows_from_the_length_of_the_page_and_the_budget() -> None:
    room = pdf.Limits(megabytes=pdf.LEAST + pdf.BY_MILLION)
    assert pdf.files("x" * 1_000_000, room) == 1
    assert pdf.files("x" * 1_000_001, room) == 2
    assert pdf.files("x" * 3_500_000, room) == 4
    assert pdf.files("", pdf.Limits(megabytes=1)) == 1
    assert pdf.files("x" * 2_000_000) == 1


def test_stories_are_shared_out_evenly_and_none_is_lost(brief: Brief) -> None:
    page = page_of(brief)
    assert pdf.shares(page, 1) == (5,)
    for count in range(1, 9):
        counts = pdf.shares(page, count)
        assert sum(counts) == 5
        assert len(counts) == min(count, 5)
        assert max(counts) - min(counts) <= 1


def test_a_long_story_takes_no_other_into_its_file() -> None:
    def book(*sizes: int) -> gatherings.Book:
        return gatherings.Book("", (), tuple("x" * size for size in (*sizes, 7)))

    assert gatherings.evenly(book(100, 1, 1, 1, 1), 2) == (1, 4)
    assert gatherings.evenly(book(1, 1, 1, 1, 100), 2) == (4, 1)
    assert gatherings.evenly(book(1, 100, 1), 3) == (1, 1, 1)
    assert gatherings.evenly(book(50, 50, 50, 50, 100), 3) == (2, 2, 1)
    assert gatherings.evenly(book(3), 4) == (1,)


def test_the_parts_are_whole_tagged_and_valid_pdfs(folder: Path, small: Brief) -> None:
    paths = sorted(folder.glob("*.pdf"))
    assert [path.name for path in paths] == ["week-1.pdf", "week-2.pdf"]
    for number, path in enumerate(paths, 1):
        assert (
            subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0
        )
        reader = pypdf.PdfReader(path)
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert reader.metadata
        assert f"(part {number} of 2)" in str(reader.metadata.title)
        pages = texts(path)
        assert f"Part {number} of 2:" in pages[0]
        assert "Contents" in pages[1]
        assert f"1 / {len(pages)}" in pages[0]
    both = " ".join(itertools.chain.from_iterable(map(texts, paths)))
    for section in small.sections:
        assert both.count(f"Story {section.number} ·") == 1


def test_the_parts_conform_to_pdf_ua(folder: Path) -> None:
    validator = pytest.importorskip("page", reason="the page-validation package is not installed")
    for path in sorted(folder.glob("*.pdf")):
        report = validator.validate_pdf_bytes(path.read_bytes(), profile="ua1")
        assert [failure.message for failure in report.failures] == []


def test_one_line_names_the_parts(folder: Path) -> None:
    said = (folder / "said").read_text(encoding="utf-8")
    assert said == "the brief is in 2 parts, as one PDF would take too much memory: week-1.pdf, week-2.pdf"


def test_the_same_parts_come_again(
    folder: Path, small: Brief, tight: pdf.Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    found = rendering.printed(small, Config(), tight)
    assert [one.data for one in found] == [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]


def test_a_brief_within_the_budget_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_set", lambda *_: pdf.Printed(b"%PDF", 101))
    said: list[str] = []
    paths = rendering.save(samples.week(2, 2), Config(), tmp_path / "week.pdf", said.append)
    assert paths == (tmp_path / "week.pdf",)
    assert [path.name for path in tmp_path.iterdir()] == ["week.pdf"]
    assert "101 pages" in said[0]


def test_where_the_estimate_was_too_low_it_is_divided_further(
    small: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def only_one_story(page: str, _: object) -> pdf.Printed:
        tried.append(page.count('<section class="story"'))
        if tried[-1] > 1:
            raise pdf.TooLargeError("brief", "needs too much memory")
        return pdf.Printed(b"%PDF", 3)

    monkeypatch.setattr(rendering, "_set", only_one_story)
    assert len(rendering.printed(small, Config())) == 3
    assert tried in ([3, 2, 1, 1, 1], [3, 1, 2, 1, 1, 1])


def test_a_story_too_large_by_itself_is_refused_in_one_line(
    small: Brief, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(ParallaxError, match="memory") as caught:
        rendering.save(small, Config(), tmp_path / "week.pdf", limits=pdf.Limits(megabytes=120))
    assert "\n" not in str(caught.value)
    assert list(tmp_path.glob("*.pdf")) == []


def test_where_one_part_cannot_be_written_none_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    parts = (pdf.Printed(b"%PDF one", 1), pdf.Printed(b"%PDF two", 1))
    monkeypatch.setattr(rendering, "printed", lambda *_: parts)
    (tmp_path / "week-2.pdf").mkdir()
    (tmp_path / "week-1.pdf").write_bytes(b"as it was")
    with pytest.raises(ParallaxError, match="is a folder"):
        rendering.save(samples.week(2, 2), Config(), tmp_path / "week.pdf")
    assert (tmp_path / "week-1.pdf").read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["week-1.pdf", "week-2.pdf"]


def test_what_takes_one_file_says_that_there_would_be_several(
    small: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "files", lambda *_: 2)
    with pytest.raises(pdf.TooLargeError, match="too much memory in one piece"):
        rendering.render(small, "pdf", Config())


def test_a_digest_attaches_every_part_and_its_letter_names_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pipeline, "read_corpus", lambda *_, **__: ((), ()))
    monkeypatch.setattr(pipeline, "brief", lambda *_: samples.week(2, 2))
    monkeypatch.setattr(
        pipeline, "printed", lambda *_: (pdf.Printed(b"%PDF one", 9), pdf.Printed(b"%PDF two", 9))
    )
    monkeypatch.setenv("PARALLAX_FROM", "digest@example.org")
    command = ["--week", "2031-W02", "--corpus", str(tmp_path), "--eml", str(tmp_path / "week.eml")]
    CliRunner().invoke(digest, command, standalone_mode=False, catch_exceptions=False)
    letter = BytesParser(policy=policy.default).parsebytes((tmp_path / "week.eml").read_bytes())
    parts = list(letter.iter_attachments())
    assert [part.get_filename() for part in parts] == ["parallax-2031-W02-1.pdf", "parallax-2031-W02-2.pdf"]
    assert [part.get_content() for part in parts] == [b"%PDF one", b"%PDF two"]
    body = letter.get_body(("plain",))
    assert body
    text = body.get_content()
    assert "attached: parallax-2031-W02-1.pdf" in " ".join(text.split())
    assert "parallax-2031-W02-2.pdf" in text
