"""The accession register: what came into a corpus under which name, and what was taken out, in order.

One JSON object a line in ``catalogue.register``, beside the raw files and only ever added to, but for
``forget``. From it and them the catalogue can be made anew: raw bytes do not know their name.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from compare import disk

NAME = "catalogue.register"


@dataclass(frozen=True, slots=True)
class Accession:
    """Raw bytes that came in under a name. ``root`` and ``outlet`` are as the user gave them.

    ``root`` is the folder below which sub-folders name outlets, ``settings`` what else the readers are
    told, as JSON, ``fetched`` when ``url`` was fetched, as ISO 8601; "" stands for what is not known.
    """

    raw: str
    name: str
    outlet: str = ""
    root: str = ""
    url: str = ""
    settings: str = ""
    fetched: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Articles that a person had taken out, by id, and the raw files that went with them."""

    ids: tuple[str, ...]
    raws: tuple[str, ...]


Entry = Accession | Withdrawal


def path(folder: Path) -> Path:
    """Where the register of the corpus in ``folder`` lies."""
    return folder / NAME


def note(folder: Path, entry: Entry) -> None:
    """Add a line; on the disk after ``flush``. Raises OSError."""
    with path(folder).open("ab") as file:
        # A line that a full disk or a lost power cut short must not swallow the next one.
        start = b"" if file.tell() == 0 or _ends_in_newline(path(folder)) else b"\n"
        file.write(start + _line(entry))


def flush(folder: Path) -> None:
    """Have every line on the disk. Raises OSError."""
    if path(folder).exists():
        with path(folder).open("ab") as file:
            os.fsync(file.fileno())
        disk.flush_folder(folder)


def entries(folder: Path) -> Iterator[Entry]:
    """Every whole line, in order; what cannot be read is passed over. Raises OSError."""
    if not path(folder).exists():
        return
    with path(folder).open("rb") as file:
        for line in file:
            entry = _entry(line)
            if entry is not None:
                yield entry


def rewrite(folder: Path, wanted: Callable[[Entry], bool]) -> None:
    """Keep only the lines that are ``wanted``: whole or not at all. Raises OSError."""
    with disk.beside(folder, NAME) as file:
        file.writelines(_line(entry) for entry in entries(folder) if wanted(entry))
        disk.settle(file, path(folder))
    disk.flush_folder(folder)


def _ends_in_newline(file: Path) -> bool:
    with file.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"


def _line(entry: Entry) -> bytes:
    kind = "accession" if isinstance(entry, Accession) else "withdrawal"
    fields = {name: value for name, value in asdict(entry).items() if value}
    return (json.dumps({kind: fields}, ensure_ascii=True) + "\n").encode()


def _entry(line: bytes) -> Entry | None:
    try:
        found: dict[str, dict[str, Any]] = json.loads(line)
        if "accession" in found:
            return Accession(**{name: str(value) for name, value in found["accession"].items()})
        fields = found["withdrawal"]
        return Withdrawal(tuple(fields.get("ids", ())), tuple(fields.get("raws", ())))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None
