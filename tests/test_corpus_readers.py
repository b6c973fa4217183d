"""Whatever file is handed in: articles where there are any, one clear line where not, never a traceback."""

import codecs
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.corpus.files import LARGEST
from compare.corpus.readers import read, read_folder
from compare.errors import ParallaxError
from compare.model import Article, Problem

TEXT = """Ferry to Lunn runs again

The ferry to Lunn went back into service on Monday after eleven days in dock. "She sails like new," said Bo.

Two pistons had to be replaced. The repair cost 80,000 crowns, the council said.
"""
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Ferry to Lunn runs again | The Skerry Times</title>
<meta property="og:site_name" content="The Skerry Times">
<meta property="og:title" content="Ferry to Lunn runs again">
<meta property="article:published_time" content="2024-03-05T08:00:00Z"><meta name="author" content="Una Voss">
<link rel="canonical" href="https://skerry-times.example/2024/03/05/ferry"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Ferry to Lunn runs again</h1>
<p>The ferry to Lunn went back into service on Monday after eleven days in dock. “She sails like new,”
said the skipper, who had waited for this day longer than anybody else on the island, as he put it to
the Skerry Times.</p> <p>Two pistons had to be replaced. The repair cost 80,000 crowns, the council
said, and the money came from the fund for harbour walls.</p><p>In the eleven days, bread and letters
were brought over in a fishing boat. The boat was paid in bread. Nobody counted the letters, the council
said.</p></article><aside><h3>Most read</h3><a href="#">Seal in the post office</a></aside><footer>© The
Skerry Times</footer></body></html>"""
RECORD = {
    "title": "Ferry to Lunn runs again",
    "author": "Una Voss",
    "date": "2024-03-05",
    "hostname": "bbc.co.uk",
    "source": "https://www.bbc.co.uk/news/1",
    "text": "It sails. It is new.\nIt cost a lot.",
}


def one(path: Path, text: str | bytes, name: str = "a.txt", outlet: str | None = None) -> Article:
    target = path / name
    target.write_bytes(text.encode() if isinstance(text, str) else text)
    (article,), _ = read(target, outlet)
    return article


def refusal(path: Path, content: bytes, name: str = "a.txt") -> ParallaxError:
    (path / name).write_bytes(content)
    with pytest.raises(ParallaxError) as caught:
        read(path / name)
    assert "\n" not in str(caught.value)
    return caught.value


def test_plain_text(tmp_path: Path) -> None:
    """Plain text gives title, body and an outlet named after the file; the headline is a span of the body."""
    article = one(tmp_path, TEXT, "skerry.txt")
    assert (article.title, article.outlet, article.published) == ("Ferry to Lunn runs again", "skerry", None)
    assert article.body[article.headline.begin : article.headline.end] == article.title
    assert article.origin == str(tmp_path / "skerry.txt")


def test_front_matter(tmp_path: Path) -> None:
    """Front matter names title, outlet, date, authors and address, quoted, listed or bare."""
    front = '---\ntitle: "Ferry: it runs"\nsource: Skerry Times\nauthor:\n  - "[[Una Voss]]"\n  - Bo Lind\n'
    article = one(tmp_path, f"{front}date: 5 March 2024\nurl: https://s.example/x\n---\n\n{TEXT}", "a.md")
    assert (article.title, article.outlet) == ("Ferry: it runs", "Skerry Times")
    assert (article.author, str(article.published), article.url) == (
        "Una Voss, Bo Lind",
        "2024-03-05",
        "https://s.example/x",
    )


def test_head_of_fields(tmp_path: Path) -> None:
    """Two or more lines like ``Source: …`` at the top of a text are its metadata; one alone is text."""
    head = "Title: Ferry sails\nSource: Skerry Times\nDate: 5 March 2024\n\n"
    article = one(tmp_path, head + "It sails. It is new. It cost a lot.\n")
    assert (article.title, article.outlet, str(article.published)) == (
        "Ferry sails",
        "Skerry Times",
        "2024-03-05",
    )
    assert one(tmp_path, "Source: the well of Lunn.\nIt is dry. It was deep.").body.startswith(
        "Source: the well"
    )


def test_a_rule_is_not_front_matter(tmp_path: Path) -> None:
    """A line of dashes at the top loses no text."""
    assert "eleven days" in one(tmp_path, f"---\n{TEXT}\n---\nAnd it rained.\n").body


def test_page(tmp_path: Path) -> None:
    """A saved page gives its text and metadata; navigation and lists are among the removed."""
    article = one(tmp_path, PAGE, "saved page.dat")
    assert (article.title, article.outlet, article.author) == (
        "Ferry to Lunn runs again",
        "The Skerry Times",
        "Una Voss",
    )
    assert (str(article.published), article.url) == (
        "2024-03-05",
        "https://skerry-times.example/2024/03/05/ferry",
    )
    assert "Seal" not in article.body
    assert "Nobody counted the letters, the council said." in article.body
    assert any("Seal in the post office" in gone.line for gone in article.removed)


def test_paywall_outside_the_main_text(tmp_path: Path) -> None:
    """A page that says its text stops here is known to be cut, wherever it says so."""
    wall = "<div class='overlay'>Subscribe to continue reading this article.</div></body>"
    assert "paywall" in one(tmp_path, PAGE.replace("</body>", wall), "a.html").cut


def test_trafilatura_record(tmp_path: Path) -> None:
    """JSON as trafilatura writes it; the domain gives the outlet its name."""
    article = one(tmp_path, json.dumps(RECORD), "a.json")
    assert (article.outlet, article.url) == ("BBC", "https://www.bbc.co.uk/news/1")
    assert article.body == "Ferry to Lunn runs again\n\nIt sails. It is new.\n\nIt cost a lot."


def test_real_trafilatura_json(tmp_path: Path) -> None:
    """What trafilatura itself writes reads like the page it came from."""
    import trafilatura

    written = trafilatura.extract(PAGE, output_format="json", with_metadata=True)
    assert written is not None
    from_json, from_page = one(tmp_path, written, "a.json"), one(tmp_path, PAGE, "a.html")
    assert (from_json.body, from_json.published) == (from_page.body, from_page.published)


@pytest.mark.parametrize("lines", [False, True])
def test_many_records(tmp_path: Path, lines: bool) -> None:
    """A list of records and one record a line give each its place; one without text is a Problem."""
    records = [
        RECORD,
        {"title": "Empty"},
        RECORD | {"source": "https://tass.com/x", "hostname": "tass.com"},
        7,
    ]
    text = "\n".join(map(json.dumps, records)) if lines else json.dumps(records)
    (tmp_path / "a.dat").write_text(text)
    articles, problems = read(tmp_path / "a.dat")
    assert [(found.outlet, found.origin[-2:]) for found in articles] == [("BBC", "#1"), ("TASS", "#3")]
    assert [found.where[-2:] for found in problems if found.code] == ["#2", "#4"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """The encodings that articles come in give the same text."""
    text = TEXT.replace('"', "“").replace("said Bo", "said Bó – aged 70 –")
    assert one(tmp_path, text.encode(encoding)).body == one(tmp_path, text, "b.txt").body


def test_mixed_encodings_are_said(tmp_path: Path) -> None:
    """UTF-8 with stray Windows-1252 bytes is read as both, and the user is told."""
    (tmp_path / "a.txt").write_bytes(
        TEXT.encode() + "Café “Lunn” closed.".encode() + b"\nThe caf\xe9 is \x93shut\x94.\n"
    )
    (article,), problems = read(tmp_path / "a.txt")
    assert "The café is “shut”." in article.body
    assert "Café “Lunn”" in article.body
    assert "mixed encodings" in problems[0].what


def test_declared_encoding(tmp_path: Path) -> None:
    """A page in a legacy encoding is read as it declares."""
    page = (
        PAGE.replace('charset="utf-8"', 'charset="iso-8859-2"')
        .replace("“", '"')
        .replace("”", '"')
        .replace("©", "")
    )
    article = one(tmp_path, page.replace("skipper", "skipper Łukasz").encode("iso-8859-2"), "a.html")
    assert "Łukasz" in article.body


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04rest", "a zip archive"),
        (bytes(range(256)) * 40, "binary"),
        (b"abc\x00def" * 10, "binary"),
        (b"<html><body><img src='a.png'></body></html>", "no article text in this page"),
        (
            b"<html><head><title>x</title><script>var a = 1;</script></head><body></body></html>",
            "no article text",
        ),
        (b'{"title": "No text"}', 'no "text"'),
        (b'{"text": "torn', "not valid JSON"),
        (b'[{"a":' * 60_000, "not valid JSON"),
        (b"Home > News > Weather\n\nShare\n", "no article text is left"),
    ],
)
def test_refusals(tmp_path: Path, content: bytes, said: str) -> None:
    """A file that holds no article is refused in one line that says why."""
    error = refusal(tmp_path, content)
    assert said in error.what
    assert error.exit_code == 65


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A missing file and a folder in a file's place are no input (66)."""
    for path, said in (
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "a folder where a file was expected"),
    ):
        with pytest.raises(ParallaxError, match=said) as caught:
            read(path)
        assert caught.value.exit_code == 66


def test_too_large_is_refused_unread(tmp_path: Path) -> None:
    """A file of 200 MB is refused by its size; it takes no disk here, and no memory there."""
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(ParallaxError, match="larger than 20 MB"):
        read(tmp_path / "big.txt")


def test_endless_input_is_refused() -> None:
    """A device that never ends is read up to the limit and no further."""
    if not Path("/dev/zero").exists():
        pytest.skip("no such device here")
    with pytest.raises(ParallaxError, match="larger than"):
        read("/dev/zero")
    assert LARGEST == 20_000_000


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (article,), _ = read("-", "Skerry Times")
    assert (article.outlet, article.origin) == ("Skerry Times", "-")


def test_two_sentences_are_kept_with_a_remark(tmp_path: Path) -> None:
    """An article of two sentences is read, and the user told that little can be said of it."""
    (tmp_path / "a.txt").write_text("The ferry runs. It was repaired.\n")
    articles, problems = read(tmp_path / "a.txt")
    assert len(articles) == 1
    assert any("fewer than three sentences" in found.what for found in problems)


def test_language(tmp_path: Path) -> None:
    """A text in another language is known as such."""
    german = "Die Fähre nach Lunn fährt seit Montag wieder. Der Kapitän sagte, sie laufe wie neu. Es regnete."
    assert one(tmp_path, german).language == "de"


def test_outlet_precedence(tmp_path: Path) -> None:
    """The argument beats front matter, which beats the domain, the sub-folder and the file's name."""
    week = tmp_path / "2024-W10" / "Lunn Herald"
    week.mkdir(parents=True)
    bare, linked = TEXT, f"{TEXT}\nOriginal url: https://www.bbc.co.uk/news/2\n"
    front = f"---\noutlet: Skerry Times\n---\n{linked}"
    assert one(week, front, outlet="Given").outlet == "Given"
    assert one(week, front).outlet == "Skerry Times"
    assert one(week, linked).outlet == "BBC"
    assert one(week, bare).outlet == "a"
    ((article,), _) = read_folder(tmp_path)
    assert article.outlet == "Lunn Herald"


def test_folder(tmp_path: Path) -> None:
    """A folder is read by path; hidden files, readmes and saved pages' assets are passed over."""
    for name in (
        "b/x.txt",
        "a/y.md",
        ".hidden/z.txt",
        "README.md",
        "planted.toml",
        "a/page.html",
        "a/page_files/frame.html",
        "a/photo.jpg",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE if name.endswith("html") else TEXT + name)
    articles, _ = read_folder(tmp_path)
    assert [os.path.relpath(one.origin, tmp_path) for one in articles] == ["a/page.html", "a/y.md", "b/x.txt"]


def test_folder_goes_on_after_bad_files(tmp_path: Path) -> None:
    """What cannot be read is a Problem each, with its exit code; the rest is read."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (tmp_path / "ring.txt").symlink_to("ring.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    articles, problems = read_folder(tmp_path)
    assert len(articles) == 1
    said = {Path(found.where).name: found for found in problems if "not found" not in found.what}
    assert sorted(said) == ["empty.txt", "gone.txt", "loop", "pipe.txt", "ring.txt"]
    assert (said["empty.txt"].code, said["gone.txt"].code) == (65, 66)


def test_the_same_text_twice_is_counted_once(tmp_path: Path) -> None:
    """The same text of the same outlet is one article; the other copy is named."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"---\noutlet: Skerry Times\n---\n{TEXT}")
    articles, problems = read_folder(tmp_path)
    assert len(articles) == 1
    assert any("counted once" in found.what and found.where.endswith("b.txt") for found in problems)


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is no input (66)."""
    with pytest.raises(ParallaxError, match="no such folder") as caught:
        read_folder(tmp_path / "none")
    assert caught.value.exit_code == 66


def test_text_does_not_load_what_pages_need(tmp_path: Path) -> None:
    """Reading English text loads no library that would cost start-up time."""
    (tmp_path / "a.txt").write_text(TEXT * 3)
    script = (
        f"import sys; from compare.corpus.readers import read; read({str(tmp_path / 'a.txt')!r});"
        "print(sorted({'trafilatura', 'py3langid', 'dateparser', 'lxml', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [b"", b"<html><body><p>", b'{"text": "', b"[", b"---\ntitle: ", b"\xff\xfe", b"\xef\xbb\xbf", b"# "]
    ),
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
def test_any_bytes(tmp_path: Path, opening: bytes, content: bytes) -> None:
    """Any bytes give articles whose headline slices back, or one ParallaxError."""
    (tmp_path / "a.dat").write_bytes(opening + content)
    try:
        articles, problems = read(tmp_path / "a.dat")
    except ParallaxError as error:
        articles, problems = (), (Problem(error.where, error.what),)
    assert all("\n" not in problem.what for problem in problems)
    for article in articles:
        assert article.body[article.headline.begin : article.headline.end] == article.body.split("\n\n")[0]
        assert article.body.strip() == article.body != ""
        article.body.encode("utf-8")


def test_a_text_too_long_for_an_article_is_refused(tmp_path: Path) -> None:
    """More text than any article has is refused before it is cleaned."""
    assert "which no article has" in refusal(tmp_path, b"The ferry to Lunn sails. " * 50_000).what


def test_fields_are_single_tidy_lines(tmp_path: Path) -> None:
    """Metadata with control characters or line breaks cannot break a line of the answer."""
    record = RECORD | {
        "outlet": "Skerry\nTimes\u202e",
        "author": ["Una\tVoss", 3, "Bo"],
        "title": "A\r\nB \ud800 C",
    }
    article = one(tmp_path, json.dumps(record), "a.json")
    assert (article.outlet, article.author, article.title) == ("Skerry Times", "Una Voss, Bo", "A B ? C")


def test_hostile_pages(tmp_path: Path) -> None:
    """Deep nesting, stray declarations and torn tags are read or refused, never more."""
    words = b"The ferry sails. It is new. It cost a lot, the council of Lunn said. " * 20
    for page in (
        b"<html><body>" + b"<div>" * 50_000 + words,
        b"<?xml version='1.0' encoding='nonsense'?><html><body><p>" + words,
        b"<!DOCTYPE html [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><html><body><p>&c;" + words,
        b"<html><body><p>" + words + b"<p" * 5_000,
        b"<html>" + b"<p>a" * 20_000,
    ):
        (tmp_path / "a.html").write_bytes(page)
        try:
            read(tmp_path / "a.html")
        except ParallaxError as error:
            refused = str(error)
            assert "\n" not in refused


def test_names_that_cannot_be_printed(tmp_path: Path) -> None:
    """Control characters and stray bytes in a file's name are escaped wherever the name is shown."""
    folder = tmp_path / "a\nb"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/lunn\xff#1.txt")).write_text(TEXT)
    ((article,), problems) = read_folder(tmp_path)
    assert (article.origin[-20:].isprintable(), article.outlet) == (True, "a\\nb")
    assert all(problem.where.isprintable() for problem in problems)
    with pytest.raises(ParallaxError, match="cannot be read"):
        read("a\0b")


def test_very_deep_folders(tmp_path: Path) -> None:
    """A folder nested without end is looked into so far and no further."""
    deep = tmp_path
    for _ in range(80):
        deep /= "d"
        deep.mkdir()
    (deep / "a.txt").write_text(TEXT)
    articles, problems = read_folder(tmp_path)
    assert articles == ()
    assert "folders deep" in problems[0].what


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed standard input is no input (66)."""
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ParallaxError, match="closed") as caught:
        read("-")
    assert caught.value.exit_code == 66


def test_a_page_is_dated_by_what_it_says_and_not_by_the_clock(tmp_path: Path) -> None:
    text = "".join(
        f"<p>The council of Ulmen met for the {n}th time and agreed on a bridge.</p>" for n in range(4, 9)
    )
    head = '<meta property="article:published_time" content="2031-05-05T08:00:00Z">'
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head><title>Bridge</title>{head}</head><body><article>{text}</article></body></html>"
    )
    ((one,), _) = read(path)
    assert str(one.published) == "2031-05-05"
