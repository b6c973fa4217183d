"""Fit the weights that ``compare.text.speech`` reads, on the labelled attributions.

    python -m benchmarks.fit_quotes GOLD.jsonl [seen | all]

Writes ``speech.json`` and ``speakers.json`` into compare/lexicons, fitted on all documents or on those
that are "seen": 140 of 200 by a fixed shuffle of their sorted ids, so that 60 stay unseen.
``fit_chains`` says how the two chains are fitted. The sources are then ranked by a logistic regression over
the fitted model's candidates.
"""

import json
import random
import sys
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks import fit_chains
from compare.model import Span
from compare.text import attributes, chain, frames, speakers, speech, weights
from compare.text.marks import quoted
from compare.text.tokens import Stream, tokens

Array = Any
LEXICONS = Path(speech.__file__).parents[1] / "lexicons"
DROPPED = 0.03
RARE, RARE_EMBEDDED = 4, 6


def plain_states(row: dict[str, Any], stream: Stream) -> Array:
    """The index of each token's label: a cue before a content before a source."""
    values = np.zeros(len(row["text"]) + 1, dtype=int)
    for name in ("source", "content", "cue"):
        for attribution in row["attributions"]:
            for begin, end in attribution[name]:
                values[begin:end] = chain.LABELS.index(name)
    return values[stream.begins]


def fine_states(row: dict[str, Any], stream: Stream) -> Array:
    """The index of each token's state in ``weights.FINE``."""
    values = np.zeros(len(row["text"]) + 1, dtype=int)
    ends = [*stream.begins[stream.opens].tolist(), len(values)]
    for attribution in row["attributions"]:
        for begin, end in _reach(attribution, ends):
            values[begin:end] = 1
    for name, before, after in (("source", 2, 3), ("content", 6, 7), ("cue", 5, 5)):
        for attribution in row["attributions"]:
            for begin, end in attribution[name]:
                values[begin:end] = after if _follows(attribution, name, begin) else before
    states, begins = values[stream.begins], stream.begins.tolist()
    for attribution in row["attributions"]:
        for begin, end in attribution["cue"]:
            part = range(bisect_left(begins, begin), bisect_left(begins, end))
            if part:
                states[_head(stream, part)] = 4
    return states


def _reach(attribution: dict[str, Any], ends: list[int]) -> list[tuple[int, int]]:
    """From the first to the last word of an attribution in the sentence of each of its cues."""
    spans = [s for name in ("source", "content", "cue") for s in attribution[name]]
    out = []
    for cue in attribution["cue"]:
        number = bisect_right(ends, cue[0])
        here = [s for s in spans if bisect_right(ends, s[0]) == number]
        out.append((min(b for b, _ in here), max(min(e, ends[number]) for _, e in here)))
    return out


def _follows(attribution: dict[str, Any], name: str, begin: int) -> bool:
    """Whether a span begins after the nearest cue; a content without a cue counts as following."""
    nearest = min((c[0] for c in attribution["cue"]), key=lambda c: abs(c - begin), default=None)
    return name == "content" if nearest is None else begin > nearest


def _head(stream: Stream, part: range) -> int:
    """The last word of a cue that may attribute: a verb before a noun or adjective before a plain verb."""
    families = {i: frames.family(stream.texts[i].lower())[0] for i in part}
    verbs = [i for i in part if families[i] and families[i] not in ("plain", "adjective")]
    verbs = [i for i in verbs if not families[i].startswith("n-")]
    named = [i for i in part if families[i] and families[i] != "plain"]
    return (verbs or named or [i for i in part if families[i]] or list(part))[-1]


class Data:
    """Attributes, steps and labels of all paragraphs, as sparse matrices."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        names, steps, plain, fine, paragraphs = [], [], [], [], []
        base = 0
        for row in rows:
            stream = tokens(row["text"])
            seen = stream.texts, stream.opens, attributes.inside(stream, quoted(row["text"]))
            names += _names(attributes.shown(*seen), len(stream))
            steps += _names([attributes.steps(*seen)], len(stream))
            plain.append(plain_states(row, stream))
            fine.append(fine_states(row, stream))
            paragraphs += (base + stream.paragraphs).tolist()
            base = paragraphs[-1] + 1
        self.plain, self.fine = np.concatenate(plain), np.concatenate(fine)
        self.node_names, self.node = _matrix(names, RARE)
        self.edge_names, self.edge = _matrix(steps, RARE)
        self.place = np.array(paragraphs)


def _names(shown: list[weights.Shown], size: int) -> list[list[str]]:
    """The names of all attributes of each token."""
    rows: list[list[str]] = [[] for _ in range(size)]
    for part in shown:
        places = range(size) if part.places is None else part.places.tolist()
        for place, which in zip(places, part.which.tolist(), strict=True):
            rows[place] += [name for kind in which for name in part.kinds[kind].split(weights.TOGETHER)]
    return rows


def _matrix(rows: list[list[str]], rare: int) -> tuple[list[str], Array]:
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    kept = sorted(name for name, count in counts.items() if count >= rare)
    index = {name: i for i, name in enumerate(kept)}
    pairs = [(i, index[name]) for i, row in enumerate(rows) for name in row if name in index]
    where = np.array(pairs).T
    return kept, sparse.csr_matrix((np.ones(len(pairs)), where), shape=(len(rows), len(kept)))


def fitted(data: Data) -> dict[str, Any]:
    """What ``speech.json`` holds: numbers in hundredths, in columns. What a word shows together with its
    surroundings counts for the fine chain only, which embeds what is not too rare.
    """
    shaped = np.array([name.startswith(frames.PREFIXES) for name in data.node_names])
    node, edge = fit_chains.fit_plain(data.node[:, ~shaped], data.edge, data.place, data.plain)
    common = np.asarray(data.node.sum(axis=0)).ravel() >= RARE_EMBEDDED
    network = fit_chains.fit_network(data.node[:, common], data.edge, data.place, data.fine)
    centred = (node - node.mean(axis=2, keepdims=True)).reshape(len(node), -1)
    names = np.array(data.node_names)
    plain = dict(zip(names[~shaped].tolist(), centred, strict=True))
    both = np.hstack([edge.reshape(len(edge), -1), network.edge])
    return {
        "plain": {name: _columns(row, 4) for name, row in plain.items() if np.abs(row).max() >= DROPPED},
        "embedding": {
            name: _columns(row, 3)
            for name, row in zip(names[common].tolist(), network.embedding, strict=True)
        },
        "steps": {name: _columns(row, 5) for name, row in zip(data.edge_names, both, strict=True)},
        **{
            name: [_columns(row, 4) for row in getattr(network, name)] for name in ("middle", "hidden", "out")
        },
    }


def _columns(values: Array, width: int) -> str:
    """Numbers in hundredths, each in as many characters; a larger one than fits is the largest that does."""
    most = 10 ** (width - 1) - 1
    return "".join(f"{max(-most, min(most, round(100 * float(value)))):{width}d}" for value in values)


def split(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The 140 seen and the 60 unseen documents of 200 (seven in ten of any other number)."""
    rows = sorted(rows, key=lambda row: str(row["id"]))
    order = list(range(len(rows)))
    random.Random(5).shuffle(order)
    cut = len(rows) * 7 // 10
    return [rows[i] for i in order[:cut]], [rows[i] for i in order[cut:]]


def source_cases(row: dict[str, Any]) -> list[tuple[dict[str, float], bool]]:
    """The facts of each candidate for each quoted stretch of three words that has a labelled source."""
    text, quotes = row["text"], quoted(row["text"])
    view = speakers.reading(speech.marginals(text, quotes), quotes)
    out = []
    for quote in quotes:
        attribution = _attribution(row, quote.outer)
        if quote.depth or not attribution or len(text[quote.inner.begin : quote.inner.end].split()) < 3:
            continue
        for candidate in speakers.near(view, quote.outer):
            span = view.stream.span(candidate.first, candidate.last)
            right = any(span.begin < e and b < span.end for b, e in attribution["source"])
            facts = speakers.facts(view, speakers.ends(view, quote.outer), candidate)
            out.append((facts, right))
    return out


def _attribution(row: dict[str, Any], stretch: Span) -> dict[str, Any] | None:
    def shared(attribution: dict[str, Any]) -> int:
        return sum(max(0, min(stretch.end, e) - max(stretch.begin, b)) for b, e in attribution["content"])

    best = max(row["attributions"], key=shared, default=None)
    enough = best and best["source"] and shared(best) >= 0.8 * (stretch.end - stretch.begin)
    return best if enough else None


def fit_sources(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Weights of the ranking of sources, with "bias"."""
    cases = [case for row in rows for case in source_cases(row)]
    vectorizer = DictVectorizer()
    shown = vectorizer.fit_transform([facts for facts, _ in cases])
    model = LogisticRegression(C=0.3, max_iter=3000).fit(shown, [right for _, right in cases])
    found = {n: round(float(w), 3) for n, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 3), **{n: w for n, w in found.items() if w}}


def main(arguments: list[str]) -> None:
    rows = [json.loads(x) for x in Path(arguments[0]).read_text(encoding="utf-8").split("\n") if x.strip()]
    rows.sort(key=lambda row: str(row["id"]))
    if arguments[1:] == ["seen"]:
        rows = split(rows)[0]
    data = Data(rows)
    shipped = json.dumps(fitted(data), indent=0, ensure_ascii=False)
    (LEXICONS / "speech.json").write_text(shipped + "\n", encoding="utf-8")
    weights.weights.cache_clear()
    ranking = json.dumps(fit_sources(rows), indent=0)
    (LEXICONS / "speakers.json").write_text(ranking + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
