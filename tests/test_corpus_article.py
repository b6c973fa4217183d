"""What an article's outlet, date and text are known by is kept with it, and doubt is said."""

import datetime as dt
from dataclasses import replace
from pathlib import PurePath

import pytest

from compare.cli import console
from compare.corpus.article import article
from compare.corpus.dates import dateline, doubt
from compare.corpus.draft import Draft
from compare.model import Article

BODY = "The ferry sails, said Bo on the pier. It is new, he said. It cost a lot, the council said."
DRAFT = Draft(BODY, "corpus/Skerry Times/ferry.txt", title="Ferry sails")
ROOT = PurePath("corpus")


def made(given: str | None = None, **fields: object) -> Article:
    done, _ = article(replace(DRAFT, **fields), given, ROOT)  # type: ignore[arg-type]
    assert done is not None
    return done


def test_the_rule_of_the_outlet_is_kept() -> None:
    """Given beats metadata, which beats the domain, the folder and the file's name; each says so."""
    url = "https://www.bbc.co.uk/news/1"
    for one, name, rule in (
        (made("Mine", outlet="Lunn Herald", url=url), "Mine", "given"),
        (made(outlet="Lunn Herald", url=url), "Lunn Herald", "metadata"),
        (made(url=url), "BBC", "domain"),
        (made(), "Skerry Times", "folder"),
        (made(origin="corpus/2024-W10/ferry.txt"), "ferry", "file name"),
    ):
        assert (one.outlet, one.outlet_rule) == (name, rule)


def test_the_rule_of_the_date_is_kept() -> None:
    """Metadata beats the address, which beats a line of the text, the file's name and the dateline."""
    day = dt.date(2024, 3, 1)
    line = f"Published: 3 March 2024\n\n{BODY}"
    placed = f"LUNN, March 5, 2024 (AFP) — {BODY}"
    named = {"origin": "corpus/2024-03-04 ferry.txt"}
    url = "https://skerry.example/2024/03/02/ferry"
    for one, when, rule in (
        (made(published=day, url=url, text=line), "2024-03-01", "metadata"),
        (made(url=url, text=line), "2024-03-02", "address"),
        (made(text=line, **named), "2024-03-03", "date line"),
        (made(text=placed, **named), "2024-03-04", "file name"),
        (made(text=placed), "2024-03-05", "dateline"),
        (made(), "None", ""),
    ):
        assert (str(one.published), one.date_rule) == (when, rule)
    assert "LUNN, March 5, 2024 (AFP)" in made(text=placed).body


def test_a_doubtful_date_is_said_unless_another_rule_settles_it() -> None:
    """Both days stay with the article, and the user is told; an address that dates it ends the doubt."""
    unclear = doubt("11/12/2025")
    done, problems = article(replace(DRAFT, doubt=unclear), None, ROOT)
    assert done is not None
    assert done.date_rule == "ambiguous: 11/12/2025 may be 11 December or 12 November"
    assert "11 December or 12 November" in problems[-1].what
    done, problems = article(replace(DRAFT, doubt=unclear, url="https://a.example/2025/12/11/x"), None, ROOT)
    assert done is not None
    assert (str(done.published), done.date_rule, problems) == ("2025-12-11", "address", [])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("11/12/2025", "11/12/2025 may be 11 December or 12 November"),
        ("on 3/4/2024, 10:30", "3/4/2024 may be 3 April or 4 March"),
        ("13/12/2025", ""),
        ("12/12/2025", ""),
        ("45/12/2025", ""),
        ("2025-11-12", ""),
        ("11.12.2025", ""),
        ("", ""),
    ],
)
def test_doubt(value: str, said: str) -> None:
    """Only a date that is two days to two readers is in doubt; a date with dots is day first."""
    assert doubt(value) == said


@pytest.mark.parametrize(
    ("line", "url", "day"),
    [
        ("LUNN, May 16, 2025 (Reuters) - The ferry sails.", "", "2025-05-16"),
        ("LUNN, Skerry, 16 May 2025 — The ferry sails.", "", "2025-05-16"),
        ("Lunn, le 16 mai 2025 (AFP) - Le bac part.", "", "2025-05-16"),
        ("LUNN, May 16. /TASS/. The ferry sails.", "https://a.example/2025/05/1", "2025-05-16"),
        ("LUNN, May 16 (AP) — The ferry sails.", "https://a.example/2025/x", "2025-05-16"),
        ("LUNN, May 16 (AP) — The ferry sails.", "https://a.example/2025/06/x", "None"),
        ("LUNN, May 16 (AP) — The ferry sails.", "https://a.example/x", "None"),
        ("Bo, 16 May 2025 - it was a Friday - is a date.", "", "None"),
        ("May said on 16 May 2025 that she would go.", "", "None"),
        ("LUNN, February 31, 2025 (AP) — The ferry sails.", "", "None"),
        ("LUNN (AP) — The ferry sails.", "https://a.example/2025/05/1", "None"),
        ("", "", "None"),
    ],
)
def test_datelines(line: str, url: str, day: str) -> None:
    """A dateline dates a report where it is one, has a year or can borrow the address's, and is a day."""
    assert str(dateline(line, url)) == day


def test_what_the_reader_knows_to_be_cut_is_cut() -> None:
    """A summary stays one whatever the text looks like; what cleaning itself found is said first."""
    assert made(cut="a summary").cut == "a summary"
    assert "ends in" in made(cut="a summary", text=f"{BODY} And so on…").cut


def test_explain_says_by_what_an_article_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    """Outlet, date and extractor each with its rule, what was not found, and every line removed."""
    one = made(
        url="https://www.bbc.co.uk/2024/03/02/ferry",
        extractor="trafilatura 2.0.0",
        text=f"Share\n\n{BODY}",
    )
    console.explain([one])
    said = capsys.readouterr().err
    for piece in (
        "outlet “BBC” by domain",
        "date 2024-03-02 by address",
        "text by trafilatura 2.0.0",
        "not found: author",
        "removed (newsletter or sharing): Share",
    ):
        assert piece in said
