"""JSON in the layouts that tools and data sets write gives the same article."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.corpus.deposit import of_bytes
from compare.corpus.readers import read, record
from compare.errors import ParallaxError

TEXT = "The ferry sails, said Bo on the pier. It is new, he said. It cost a lot, the council said."
LAYOUTS = {
    "trafilatura": {
        "title": "Ferry sails", "author": "Una Voss", "hostname": "skerry.example", "date": "2024-03-05",
        "source": "https://skerry.example/1", "source-hostname": "Skerry Times", "raw_text": TEXT,
        "text": TEXT,
    },
    "news-please": {
        "authors": ["Una Voss"], "date_download": "2024-03-09 10:00:00", "date_modify": None,
        "date_publish": "2024-03-05 08:00:00", "language": "en", "maintext": TEXT, "title": "Ferry sails",
        "source_domain": "skerry.example", "publisher": "Skerry Times", "url": "https://skerry.example/1",
    },
    "NELA-GT": {
        "id": "skerry--2024", "date": "2024-03-05", "source": "Skerry Times", "title": "Ferry sails",
        "content": TEXT, "author": "Una Voss", "url": "https://skerry.example/1", "published": "Tue, 5 Mar",
        "published_utc": 1709625600, "collection_utc": 1709712000,
    },
    "an export with names of its own": {
        "Headline": "Ferry sails", "Byline": "Una Voss", "Publication": "Skerry Times", "Full Text": TEXT,
        "published_utc": 1709625600, "Permalink": "https://skerry.example/1",
    },
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(tmp_path: Path, layout: str) -> None:
    """Each layout's names for title, outlet, date, author, address and text are known."""
    (tmp_path / "a.json").write_text(json.dumps(LAYOUTS[layout], indent=1))
    ((one,), problems) = read(tmp_path / "a.json")
    assert (one.title, one.outlet, str(one.published), one.author, one.url, one.body) == (
        "Ferry sails",
        "Skerry Times",
        "2024-03-05",
        "Una Voss",
        "https://skerry.example/1",
        f"Ferry sails\n\n{TEXT}",
    )
    assert (one.outlet_rule, one.date_rule, problems) == ("metadata", "metadata", ())


def test_streamed_lines_read_as_whole_ones() -> None:
    """A file too long to be held gives, line by line, what a short one gives at once."""
    lines = "\n".join(map(json.dumps, [*LAYOUTS.values(), {"title": "None"}, 3]))
    whole = list(record.drafts(lines, "a"))
    assert list(record.streamed(of_bytes(lines.encode(), "a"))) == whole
    assert len(whole) == len(LAYOUTS) + 2


VALID = json.dumps(list(LAYOUTS.values()))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(VALID)), st.integers(0, 9), st.text(alphabet='{}[]",:\\\n\x000ed-', max_size=9))
def test_mutated_records(begin: int, length: int, new: str) -> None:
    """JSON with any stretch of it replaced gives drafts and Problems, or one ParallaxError."""
    text = VALID[:begin] + new + VALID[begin + length :]
    record.looks_like(text)
    record.holds_lines(text.encode())
    list(record.streamed(of_bytes(text.encode(), "a")))
    try:
        list(record.drafts(text, "a"))
    except ParallaxError as error:
        refused = str(error)
        assert "\n" not in refused
