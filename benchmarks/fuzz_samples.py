"""Valid files of every format that the corpus takes, made by the tools that write such files.

Mails by the standard library, archives by zipfile and warcio, databases by sqlite3, tables by csv, Word by
python-docx, PDF by WeasyPrint and pypdf, pages of the layouts beside this module; RTF, feeds and exports as
text. The articles in them are those of ``benchmarks.articles``, which nobody wrote.
"""

import csv
import gzip
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import closing
from email.message import EmailMessage
from html import escape
from pathlib import Path

from benchmarks import articles
from benchmarks.pages import LAYOUTS, MENU, ROOT, TEASERS

EXPORTS = ROOT / "tests" / "golden" / "exports"
Record = dict[str, str]


def samples() -> dict[str, list[bytes]]:
    """Suffix to files of that format; none takes more than a few dozen kilobytes."""
    some = list(articles.articles(4, seed=3, words=90))
    pages = _pages(some)
    made = {
        ".txt": [_text(one).encode() for one in some] + [_text(some[0]).encode("utf-16"), _labelled(some[1])],
        ".export.txt": [
            path.read_bytes() for path in sorted(EXPORTS.glob("*.txt")) if "read" not in path.name
        ],
        ".md": [_markdown(some[0])],
        ".html": pages,
        ".json": [json.dumps(some[0]).encode(), json.dumps(some, indent=1).encode(), _odd_names(some[2])],
        ".jsonl": ["".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in some).encode()],
        ".csv": [_table(some, ","), _table(some, "\t"), _table(some, ";")],
        ".rss": [_rss(some)],
        ".atom": [_atom(some)],
        ".opml": [_opml(some)],
        ".eml": [_mail(one, page).as_bytes() for one, page in zip(some, pages, strict=False)],
        ".mbox": [_mailbox(some, pages)],
        ".warc": [_warc(pages[:3], compressed=False)],
        ".warc.gz": [_warc(pages[:3], compressed=True)],
        ".docx": [_word(some[0]), _word(some[1])],
        ".rtf": [_rtf(some[:2]), _rtf(some[2:])],
        ".pdf": _pdfs(some),
        ".db": [_database(some)],
    }
    made[".wacz"] = [_zip({"archive/a.warc.gz": made[".warc.gz"][0], "datapackage.json": b"{}"})]
    made[".zip"] = [
        _zip({f"Outlet {n}/a{suffix}": made[suffix][0] for n, suffix in enumerate(list(made)[:16])})
    ]
    made[".gz"] = [gzip.compress(made[".txt"][0], mtime=0)]
    return made


def _text(one: Record) -> str:
    return f"{one['title']}\n\n{one['text']}\n"


def _labelled(one: Record) -> bytes:
    return f"Title: {one['title']}\nSource: {one['sitename']}\nDate: {one['date']}\n\n{one['text']}".encode()


def _markdown(one: Record) -> bytes:
    front = f"title: {one['title']}\ndate: 16 May 2025\nauthors: [Una Voss, Bo Tarn]\nurl: {one['url']}"
    return f"---\n{front}\n---\n# {one['title']}\n\n**Bold** [link](https://a.example).\n\n{one['text']}".encode()


def _odd_names(one: Record) -> bytes:
    record = {"maintext": one["text"], "authors": ["Una Voss", "Bo"], "source": one["sitename"]}
    return json.dumps(record | {"published_utc": 1_747_000_000, "date_publish": "11/12/2025"}).encode()


def _pages(some: Sequence[Record]) -> list[bytes]:
    import jinja2

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(LAYOUTS), autoescape=True)
    made = []
    for place, name in enumerate(sorted(environment.list_templates())):
        one = some[place % len(some)]
        fields = {
            "title": one["title"],
            "paragraphs": one["text"].split("\n\n"),
            "outlet": one["sitename"],
            "author": "Mara Quill",
            "date": one["date"],
            "long_date": "16 May 2025",
            "caption": "A square.",
            "slug": "a-b",
            "menu": MENU,
            "other": [other["title"] for other in some],
            "teaser": TEASERS,
        }
        made.append(environment.get_template(name).render(fields).encode())
    return made


def _table(some: Sequence[Record], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(some[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(some)
    return out.getvalue().encode()


def _rss(some: Sequence[Record]) -> bytes:
    items = "".join(
        f"<item><title>{one['title']}</title><link>{one['url']}</link><pubDate>Fri, 16 May 2025 10:00:00 GMT"
        f"</pubDate><description>{escape('<p>' + one['text'] + '</p>')}</description>"
        f"<content:encoded><![CDATA[<p>{one['text']}</p><figure><figcaption>A boat</figcaption></figure>]]>"
        "</content:encoded></item>"
        for one in some
    )
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    head = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0' {space}><channel><title>Quay</title>"
    return f"{head}{items}</channel></rss>".encode()


def _atom(some: Sequence[Record]) -> bytes:
    items = "".join(
        f"<entry><title>{one['title']}</title><link href='{one['url']}'/>"
        f"<updated>{one['date']}T10:00:00Z</updated><content type='xhtml'>"
        f"<div xmlns='http://www.w3.org/1999/xhtml'><p>{one['text']}</p></div></content></entry>"
        for one in some
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Quay</title>{items}</feed>".encode()


def _opml(some: Sequence[Record]) -> bytes:
    items = "".join(f"<outline text='a' type='rss' xmlUrl='{one['url']}'/>" for one in some)
    return f"<?xml version='1.0'?><opml version='2.0'><body>{items}</body></opml>".encode()


def _mail(one: Record, page: bytes) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = (
        f"{one['sitename']} <news@{one['sitename'].split()[-1]}.example>",
        "a@b.example",
    )
    mail["Subject"], mail["Date"] = f"Tägliche {one['title']}", "Fri, 16 May 2025 10:00:00 +0200"
    mail["Message-ID"] = "<1@a.example>"
    mail.set_content(one["text"])
    mail.add_alternative(page.decode(), subtype="html")
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["Date"] = (
        "b@c.example",
        "Second",
        "Sat, 17 May 2025 10:00:00 +0000",
    )
    inner.set_content(one["text"], charset="iso-8859-1", cte="quoted-printable")
    mail.add_attachment(inner)
    for number, part in enumerate(mail.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary(f"==={number}===")  # else the library draws one
    return mail


def _mailbox(some: Sequence[Record], pages: Sequence[bytes]) -> bytes:
    mails = (_mail(one, page).as_bytes() for one, page in zip(some, pages, strict=False))
    return b"\n".join(b"From a@b Fri May 16 10:00:00 2025\n" + mail for mail in mails)


def _warc(pages: Sequence[bytes], compressed: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for number, page in enumerate(pages):
        packed = number == 1
        fields = [("Content-Type", "text/html; charset=utf-8")] + [("Content-Encoding", "gzip")] * packed
        answer = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
        content = io.BytesIO(gzip.compress(page, mtime=0) if packed else page)
        writer.write_record(
            writer.create_warc_record(
                f"https://a.example/2025/05/16/{number}",
                "response",
                payload=content,
                http_headers=answer,
                warc_headers_dict={
                    "WARC-Record-ID": f"<urn:uuid:{number}>",
                    "WARC-Date": "2025-05-16T10:00:00Z",
                },
            )
        )
    return out.getvalue()


def _word(one: Record) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(one["title"], 1)
    for line in one["text"].split("\n\n"):
        document.add_paragraph(line)
    document.add_table(1, 2).cell(0, 0).text = "A cell."
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as held:
        return _zip({name: held.read(name) for name in held.namelist()})


def _rtf(some: Sequence[Record]) -> bytes:
    body = "\\par ".join(line for one in some for line in _text(one).split("\n\n"))
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}}{\\info{\\title x}}"
    link = '{\\field{\\*\\fldinst{HYPERLINK "https://a.example"}}{\\fldrslt a link}}'
    return f"{head}\\f0 {body} {link} \\u8220?na\\'efve\\u8221? {{\\pict\\bin3 }}}}}} }}".encode()


def _pdfs(some: Sequence[Record]) -> list[bytes]:
    import pypdf
    import weasyprint

    pages = "".join(f"<h1>{one['title']}</h1><p>{one['text']}" for one in some[:3])
    drawn = weasyprint.HTML(string=pages).write_pdf()
    assert isinstance(drawn, bytes)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(drawn))
    writer.add_metadata({"/Title": "x"})
    bare = io.BytesIO()
    writer.write(bare)
    return [drawn, bare.getvalue()]


def _database(some: Sequence[Record]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with closing(sqlite3.connect(path)) as held:
            held.execute(
                "CREATE TABLE newsdata (id TEXT PRIMARY KEY, date TEXT, source, title, content TEXT)"
            )
            rows = [(one["url"], one["date"], one["sitename"], one["title"], one["text"]) for one in some]
            held.executemany("INSERT OR IGNORE INTO newsdata VALUES (?, ?, ?, ?, ?)", rows)
            held.execute("CREATE VIEW other AS SELECT content AS text, title FROM newsdata")
            held.commit()
        return path.read_bytes()


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in members.items():
            held.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # without the clock
    return out.getvalue()
