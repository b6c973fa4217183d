"""What a reader hands on: text not yet cleaned, and whatever the file itself says about it."""

import datetime as dt
from dataclasses import dataclass

from compare.model import Removal


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as its file has it. Fields that the file does not state are "" or None.

    ``removed`` is what the reader itself left out; ``origin`` is the path as the user gave it, with
    ``#n`` where one file holds several articles. ``cut`` says why the reader knows the text to be
    incomplete; ``doubt`` which days a stated date may mean; ``extractor`` what found the text in a page.
    """

    text: str
    origin: str
    title: str = ""
    outlet: str = ""
    published: dt.date | None = None
    author: str = ""
    url: str = ""
    removed: tuple[Removal, ...] = ()
    cut: str = ""
    doubt: str = ""
    extractor: str = ""
