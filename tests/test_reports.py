"""The brief in reports/ is the one that the demonstration corpus gives today; `make brief` renews it."""

from pathlib import Path

import pypdf

from compare.report.parts import Brief

REPORT = Path(__file__).parent.parent / "reports" / "2025-W20.pdf"


def letters(text: str) -> str:
    """Only letters and digits: a page breaks lines and hyphenates where it likes."""
    return "".join(character for character in text if character.isalnum())


def test_the_report_shows_what_the_corpus_gives_today(week: Brief) -> None:
    printed = letters("".join(page.extract_text() for page in pypdf.PdfReader(REPORT).pages))
    shown = [entry for part in week.sections for group in part.groups for entry in group.shown]
    missing = [entry.summary for entry in shown if letters(entry.summary) not in printed]
    assert len(missing) <= len(shown) // 20, f"reports/ is out of date, run make brief: {missing}"
    assert dict(week.edition.signature)["Corpus"] in printed, "reports/ is of another corpus: run make brief"
