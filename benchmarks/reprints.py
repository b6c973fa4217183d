"""How often a sentence said to stand in one of two copies alone does: articles edited by rule.

    python -m benchmarks.reprints DATA

The articles are those of wording.newswcl50.dev.jsonl; of each a copy is made in which sentences are
cut, thinned by up to half of their words, moved by one, and added from another article.
"""

import json
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

from compare.analysis.alignment import align
from compare.analysis.reprints import find
from compare.model import Article, Span, Story

SEED = 5
CUT, THINNED, MOVED, ADDED = 0.12, 0.24, 0.30, 0.08
FEWEST = 5


@dataclass
class Copy:
    """The copy's sentences, and which were cut from the original and added to it."""

    sentences: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


def edited(document: list[str], other: list[str], chance: random.Random) -> Copy:
    made = Copy()
    for sentence in document:
        drawn = chance.random()
        if drawn < CUT:
            made.cut.append(sentence)
        elif drawn < THINNED:
            rate = chance.choice((0.1, 0.2, 0.35, 0.5))
            thin = " ".join(word for word in sentence.split() if chance.random() > rate)
            made.sentences.append(thin[:1].upper() + thin[1:])
        else:
            place = len(made.sentences) - (drawn < MOVED)
            made.sentences.insert(max(place, 0), sentence)
        if chance.random() < ADDED:
            made.added.append(chance.choice(other))
            made.sentences.append(made.added[-1])
    return made


def claimed(document: list[str], copy: Copy) -> tuple[list[str], list[str]]:
    """The sentences said to stand in the original alone, and in the copy alone."""
    articles = tuple(
        Article(name, name, "", "\n\n".join(text), Span(0, 0))
        for name, text in (("a", document), ("b", copy.sentences))
    )
    said: tuple[list[str], list[str]] = ([], [])
    for finding in find(align(Story("copies", articles, (("a", "b"),)))):
        evidence = finding.evidence
        for one, after in zip(evidence, [*evidence[1:], None], strict=True):
            if one.role == "says" and after is not None and after.role == "nearest":
                said[one.outlet == "b"].append(one.passage.text)
    return said


def main(arguments: list[str]) -> None:
    text = (Path(arguments[0]) / "wording.newswcl50.dev.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line]
    long = [
        list(dict.fromkeys(" ".join(s.split()) for s in document if len(s.split()) >= FEWEST))
        for row in rows
        for _, document in sorted(row["documents"].items())
    ]
    chance = random.Random(SEED)
    right = wrong = there = 0
    for place, document in enumerate(long):
        copy = edited(document, long[(place + 7) % len(long)], chance)
        for said, true in zip(claimed(document, copy), (copy.cut, copy.added), strict=True):
            good = sum(any(s in t or t in s for t in true) for s in said)
            right, wrong, there = right + good, wrong + len(said) - good, there + len(true)
    print(f"{len(long)} copies: {right} of {right + wrong} claims right, {right} of {there} edits found")


if __name__ == "__main__":
    main(sys.argv[1:])
