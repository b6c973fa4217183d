"""NLTK's Punkt (Kiss and Strunk 2006, "Unsupervised Multilingual Sentence Boundary Detection")
with parameters of our own, and without the third of a second that ``import nltk`` costs.
"""

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from compare.text.abbreviations import abbreviations, starters

_LOWER_CASE_SEEN = 1 << 5


def breaks(line: str) -> list[int]:
    """Return the offsets in ``line`` at which Punkt lets a further sentence begin, ascending."""
    spans: Iterator[tuple[int, int]] = _tokenizer().span_tokenize(line)
    return [begin for begin, _ in spans][1:]


@cache
def _tokenizer() -> Any:
    punkt = _module()
    params = punkt.PunktParameters()
    params.abbrev_types = set(abbreviations())
    params.sent_starters = set(starters())
    for word in sorted(starters()):
        params.add_ortho_context(word, _LOWER_CASE_SEEN)
    return punkt.PunktSentenceTokenizer(params)


def _module() -> ModuleType:
    if "nltk" in sys.modules:
        return importlib.import_module("nltk.tokenize.punkt")
    try:
        with _bare_packages():
            return importlib.import_module("nltk.tokenize.punkt")
    except (ImportError, AttributeError):
        return importlib.import_module("nltk.tokenize.punkt")


@contextmanager
def _bare_packages() -> Iterator[None]:
    """Stand empty packages in for ``nltk`` and ``nltk.tokenize``, whose fronts import half of NLTK.

    Whatever was imported under them is forgotten afterwards, so that a later ``import nltk`` by
    anyone else finds NLTK as it is.
    """
    spec = importlib.util.find_spec("nltk")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("NLTK is not installed")
    folder = Path(spec.submodule_search_locations[0])
    for name, path in (("nltk", folder), ("nltk.tokenize", folder / "tokenize")):
        package = ModuleType(name)
        package.__path__ = [str(path)]
        sys.modules[name] = package
    try:
        yield
    finally:
        for name in [n for n in sys.modules if n == "nltk" or n.startswith("nltk.")]:
            del sys.modules[name]
