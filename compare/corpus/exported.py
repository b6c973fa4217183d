"""Articles as a file to carry away, and back: JSONL, or Parquet, with every field as it is kept.

Read again they are not cleaned again, so that an export added to another corpus has the same ids.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from compare.corpus.deposit import Deposit
from compare.corpus.shelf import text_hash
from compare.errors import ParallaxError
from compare.model import Article, Problem, Removal, Span

VERSION = 1
_MARK = b'{"parallax": '
_PARQUET = b"PAR1"
_ROWS = 1000
_LONGEST_LINE = 20_000_000
_TEXTS = ("outlet", "title", "body", "author", "url", "language", "origin", "cut", "outlet_rule", "date_rule",
          "extractor")  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_EXTRA = ("outlet_rule", "date_rule", "extractor")


def looks_like(deposit: Deposit) -> bool:
    """Whether a file begins as an export does."""
    return deposit.head.startswith((_MARK, _PARQUET))


def write_lines(articles: Iterable[Article], file: IO[bytes]) -> None:
    """One JSON object a line."""
    for one in articles:
        file.write((json.dumps(_record(one), ensure_ascii=False) + "\n").encode())


def write_parquet(articles: Iterable[Article], file: IO[bytes]) -> None:
    """A Parquet table with one row an article. Raises ParallaxError (78) where pyarrow is missing."""
    arrow, parquet = _pyarrow("export")
    text, number = arrow.string(), arrow.int64()
    kinds = {"parallax": number, "begin": number, "end": number, "date": text, "id": text, "removed": text}
    schema = arrow.schema([(name, kinds.get(name, text)) for name in _names()])
    source = iter(articles)
    with parquet.ParquetWriter(file, schema) as writer:
        while rows := [_flat(_record(one)) for one in islice(source, _ROWS)]:
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))


def read(deposit: Deposit) -> Iterator[Article | Problem]:
    """The articles of an export, in its order; a Problem for each entry that is not as one was written."""
    records = _rows(deposit) if deposit.head.startswith(_PARQUET) else _lines(deposit)
    for place, record in enumerate(records, 1):
        try:
            yield _article(record)
        except (KeyError, TypeError, ValueError, AttributeError):
            what = "not as Parallax exports an article: export it again, or remove it"
            yield Problem(f"{deposit.origin}#{place}", what, 65)


def _names() -> tuple[str, ...]:
    return ("parallax", "id", "date", "begin", "end", *_TEXTS, "removed")


def _record(one: Article) -> dict[str, Any]:
    record: dict[str, Any] = {"parallax": VERSION, "id": one.id}
    record["date"] = one.published.isoformat() if one.published else None
    record |= {"begin": one.headline.begin, "end": one.headline.end}
    record |= {name: getattr(one, name, "") for name in _TEXTS}
    return record | {"removed": [[gone.line, gone.rule] for gone in one.removed]}


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"removed": json.dumps(record["removed"], ensure_ascii=False)}


def _article(record: Any) -> Article:
    """Raises ValueError and the like where a field is missing, of another type, or belies the id."""
    if record["parallax"] != VERSION:
        raise ValueError("a later version")
    fields = {name: record[name] for name in _TEXTS}
    if not all(isinstance(value, str) for value in fields.values()):
        raise TypeError("a field is no text")
    fields = {name: value for name, value in fields.items() if name in Article.__dataclass_fields__}
    removed = record["removed"]
    removed = json.loads(removed) if isinstance(removed, str) else removed
    one = Article(
        **fields,
        id=record["id"],
        headline=Span(int(record["begin"]), int(record["end"])),
        published=dt.date.fromisoformat(record["date"]) if record["date"] else None,
        removed=tuple(Removal(str(line), str(rule)) for line, rule in removed),
    )
    if not 0 <= one.headline.begin <= one.headline.end <= len(one.body) or not one.body:
        raise ValueError("the headline lies outside the text")
    lines = [value for name, value in fields.items() if name != "body"]
    lines += [part for gone in one.removed for part in (gone.line, gone.rule)]
    if any(map(_CONTROL.search, lines)):
        raise ValueError("a field of more than one line, or of none")
    if _CONTROL.search(one.body.replace("\n", "")) or one.title not in {
        "",
        one.body[one.headline.begin : one.headline.end],
    }:
        raise ValueError("a text that was never cleaned")
    if not isinstance(one.id, str) or len(one.id) < 12 or not text_hash(one).startswith(one.id):
        raise ValueError("the id is that of another text")
    return one


def _lines(deposit: Deposit) -> Iterator[Any]:
    with deposit.opened() as file:
        while line := file.readline(_LONGEST_LINE):
            if line.strip():
                try:
                    yield json.loads(line)
                except (ValueError, RecursionError):
                    yield None


def _rows(deposit: Deposit) -> Iterator[Any]:
    arrow, parquet = _pyarrow(deposit.origin)
    with deposit.opened() as file:
        try:
            for batch in parquet.ParquetFile(file).iter_batches(batch_size=_ROWS):
                yield from batch.to_pylist()
        except (arrow.ArrowException, OSError, ValueError, MemoryError) as error:
            raise ParallaxError(deposit.origin, "this Parquet file is damaged: export it again") from error


def _pyarrow(where: str) -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        what = "Parquet needs pyarrow: pip install 'parallax-compare[parquet]', or use JSONL"
        raise ParallaxError(where, what, 78) from error
    return pyarrow, pyarrow.parquet
