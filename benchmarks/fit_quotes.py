"""Fit the weights that ``compare.text.speech`` reads, on the labelled attributions.

    python -m benchmarks.fit_quotes GOLD.jsonl [seen | all]

Writes ``speech.json`` and ``speakers.json`` into compare/lexicons, fitted on all documents or on those
that are "seen": 140 of 200 by a fixed shuffle of their sorted ids, so that 60 stay unseen.
Conditional log-likelihood with an L2 penalty, by L-BFGS, for each of the two chains; small weights are
then dropped. The sources are then ranked by a logistic regression over the fitted model's candidates.
"""

import json
import random
import sys
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from compare.model import Span
from compare.text import attributes, chain, frames, speakers, speech
from compare.text.marks import quoted
from compare.text.tokens import Stream, tokens

Array = Any
LEXICONS = Path(speech.__file__).parents[1] / "lexicons"
PLAIN_PENALTY, FINE_PENALTY = 6.0, 4.0
DROPPED = 0.03
RARE = 4
STEPS = 120


def plain_states(row: dict[str, Any], stream: Stream) -> Array:
    """The index of each token's label: a cue before a content before a source."""
    values = np.zeros(len(row["text"]) + 1, dtype=int)
    for name in ("source", "content", "cue"):
        for attribution in row["attributions"]:
            for begin, end in attribution[name]:
                values[begin:end] = chain.LABELS.index(name)
    return values[stream.begins]


def fine_states(row: dict[str, Any], stream: Stream) -> Array:
    """The index of each token's state in ``chain.FINE``."""
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
        starts = np.flatnonzero(np.diff(self.place, prepend=-1))
        lengths = np.diff([*starts, len(self.place)])
        order = np.argsort(-lengths, kind="stable")
        self.starts, self.lengths = starts[order], lengths[order]


def _names(shown: list[chain.Shown], size: int) -> list[list[str]]:
    """The names of all attributes of each token."""
    rows: list[list[str]] = [[] for _ in range(size)]
    for part in shown:
        places = range(size) if part.places is None else part.places.tolist()
        for place, which in zip(places, part.which.tolist(), strict=True):
            rows[place] += [name for kind in which for name in part.kinds[kind].split(chain.TOGETHER)]
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


def shifted(own: Array, place: Array) -> Array:
    """Sum what each token gets from its window: (tokens, window, labels) to (tokens, labels)."""
    out = np.zeros((own.shape[0], own.shape[2]))
    for w, (target, source) in enumerate(_window(place)):
        out[target] += own[source, w]
    return out


def _window(place: Array) -> list[tuple[Array, Array]]:
    everything = np.arange(len(place))
    pairs = []
    for offset in chain.WINDOW:
        source = everything + offset
        valid = (source >= 0) & (source < len(place))
        valid[valid] = place[source[valid]] == place[everything[valid]]
        pairs.append((everything[valid], source[valid]))
    return pairs


def passes(data: Data, node: Array, edge: Array) -> tuple[float, Array, Array]:
    """Log partition summed over paragraphs, and the marginals of tokens and steps."""
    forward, backward = np.zeros_like(node), np.zeros_like(node)
    forward[data.starts] = node[data.starts]
    longest = int(data.lengths[0])
    active = [data.starts[data.lengths > t] + t for t in range(longest)]
    for t in range(1, longest):
        at = active[t]
        forward[at] = node[at] + _logsum(forward[at - 1][:, :, None] + edge[at], 1)
    for t in range(longest - 2, -1, -1):
        at = active[t + 1]
        backward[at - 1] = _logsum(edge[at] + (node[at] + backward[at])[:, None, :], 2)
    ends = data.starts + data.lengths - 1
    total = _logsum(forward[ends], 1)
    z = np.zeros(len(node))
    for start, length, value in zip(data.starts, data.lengths, total, strict=True):
        z[start : start + length] = value
    single = np.exp(forward + backward - z[:, None])
    step = np.zeros_like(edge)
    inner = np.ones(len(node), dtype=bool)
    inner[data.starts] = False
    at = np.flatnonzero(inner)
    step[at] = np.exp(
        forward[at - 1][:, :, None] + edge[at] + (node[at] + backward[at])[:, None, :] - z[at][:, None, None]
    )
    return float(total.sum()), single, step


def _logsum(values: Array, axis: int) -> Array:
    top = values.max(axis=axis)
    return top + np.log(np.exp(values - np.expand_dims(top, axis)).sum(axis=axis))


def fit(data: Data, gold: Array, count: int, penalty: float, places: Array) -> tuple[Array, Array]:
    """Weights of one chain of ``count`` states: node (attributes, window, states), edge (steps, states,
    states). ``places`` says where in the window each attribute may count: (attributes, window).
    """
    width = len(chain.WINDOW)
    shape_n = (len(data.node_names), width, count)
    shape_e = (len(data.edge_names), count, count)
    cut = int(np.prod(shape_n))
    allowed = np.repeat(places.ravel(), count)
    want = np.eye(count)[gold]
    inner = np.diff(data.place, prepend=-1) == 0
    step_want = np.zeros((len(want), count, count))
    at = np.flatnonzero(inner)
    step_want[at, gold[at - 1], gold[at]] = 1
    window = _window(data.place)

    def loss(x: Array) -> tuple[float, Array]:
        node_w, edge_w = x[:cut].reshape(shape_n), x[cut:].reshape(shape_e)
        own = (data.node @ node_w.reshape(shape_n[0], -1)).reshape(-1, width, count)
        node = shifted(own, data.place)
        edge = (data.edge @ edge_w.reshape(shape_e[0], -1)).reshape(-1, count, count)
        edge[~inner] = 0
        total, single, step = passes(data, node, edge)
        gain = (node * want).sum() + (edge * step_want).sum() - total
        residual = single - want
        back = np.zeros((len(residual), width, count))
        for w, (target, source) in enumerate(window):
            back[source, w] = residual[target]
        grad_n = (data.node.T @ back.reshape(len(back), -1)).ravel()
        grad_e = (data.edge.T @ (step - step_want).reshape(len(back), -1)).ravel()
        gradient = np.concatenate([grad_n * allowed, grad_e]) + x / penalty
        return float(-gain + (x @ x) / (2 * penalty)), gradient

    start = np.zeros(cut + int(np.prod(shape_e)))
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return result.x[:cut].reshape(shape_n), result.x[cut:].reshape(shape_e)


def fit_chains(data: Data) -> dict[str, tuple[Array, Array]]:
    """The weights of the plain and of the fine chain. What a word shows together with its surroundings
    counts for the word itself in the fine chain only.
    """
    shaped = np.array([name.startswith(frames.PREFIXES) for name in data.node_names])
    plain = np.ones((len(shaped), len(chain.WINDOW)))
    plain[shaped] = 0
    fine = np.ones_like(plain)
    fine[shaped] = np.array(chain.WINDOW) == 0
    return {
        "plain": fit(data, data.plain, len(chain.PLAIN), PLAIN_PENALTY, plain),
        "fine": fit(data, data.fine, len(chain.FINE), FINE_PENALTY, fine),
    }


def save(path: Path, data: Data, chains: dict[str, tuple[Array, Array]]) -> None:
    """Write the weights as JSON, in hundredths, without those below ``DROPPED``."""
    nodes: dict[str, dict[str, list[int]]] = {}
    for i, name in enumerate(data.node_names):
        kept = {}
        for kind, (node, _) in chains.items():
            centred = node[i] - node[i].mean(axis=1, keepdims=True)
            for offset, values in zip(chain.WINDOW, centred, strict=True):
                if np.abs(values).max() >= DROPPED:
                    kept[f"{offset}{'' if kind == 'plain' else ' ' + kind}"] = _hundredths(values)
        if kept:
            nodes[name] = kept
    edges = {
        name: {kind: [_hundredths(line) for line in edge[i]] for kind, (_, edge) in chains.items()}
        for i, name in enumerate(data.edge_names)
    }
    lines = ",\n".join(f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in nodes.items())
    more = ",\n".join(f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in edges.items())
    path.write_text(f'{{"node": {{\n{lines}\n}},\n"edge": {{\n{more}\n}}}}\n', encoding="utf-8")


def _hundredths(values: Array) -> list[int]:
    return [round(100 * float(v)) for v in values]


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
            out.append((speakers.facts(view, quote.outer, candidate), right))
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
    save(LEXICONS / "speech.json", data, fit_chains(data))
    chain.weights.cache_clear()
    weights = fit_sources(rows)
    (LEXICONS / "speakers.json").write_text(json.dumps(weights, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
