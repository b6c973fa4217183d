"""Linear-chain conditional random fields over labelled tokens.

Lafferty and others 2001, "Conditional Random Fields". Every token shows attributes; what stands in a window
around it speaks for its states (``weights``). Decoding is by forward-backward.

Two chains read the same tokens, and a mean of what they find is taken: they err in different places.
The plain one has a state a label. The fine one tells apart what stands before its cue from what stands
after it, the head of a cue from its other words, and the words amid an attribution from those outside.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from compare.text.weights import FINE, PLAIN, Array, Shown, edge_scores, node_scores

LABELS = ("none", "source", "cue", "content")
CHAINS = (PLAIN, FINE)
# of the mean; by three-fold cross-validation on the 140 documents that fit_quotes calls seen
SHARES = (1 / 3, 2 / 3)


def marginals(shown: Sequence[Shown], steps: Shown, paragraphs: Array) -> Array:
    """The mean over the chains of each label's posterior probability: shape (tokens, labels).

    ``paragraphs`` numbers the paragraph of each token; none sees another.
    """
    scores = list(zip(node_scores(shown, paragraphs), edge_scores(steps.kinds), strict=True))
    starts = np.flatnonzero(np.diff(paragraphs, prepend=paragraphs[0] - 1))
    size, count, most = len(paragraphs), len(steps.kinds), max(map(len, CHAINS))
    # one pass over both: the plain chain has states that never are
    nodes = np.full((len(CHAINS), size, most), -np.inf)
    edges = np.zeros((len(CHAINS), count, most, most))
    for n, (node, edge) in enumerate(scores):
        states = node.shape[1]
        nodes[n, :, :states] = node
        edges[n, :, :states, :states] = edge
    both = np.concatenate([starts + n * size for n in range(len(CHAINS))])
    which = np.concatenate([steps.which[:, 0] + n * count for n in range(len(CHAINS))])
    found = forward_backward(nodes.reshape(-1, most), edges.reshape(-1, most, most), both, which)
    out = np.zeros((size, len(LABELS)))
    for states, share, part in zip(CHAINS, SHARES, found.reshape(len(CHAINS), size, most), strict=True):
        for state, label in enumerate(states):
            out[:, label] += part[:, state] * share
    return out


def forward_backward(
    node: Array, edge: Array, starts: Sequence[int] | Array = (0,), kinds: Array = None
) -> Array:
    """Posterior probability of each state in sequences that begin at ``starts``: shape (tokens, states).

    ``edge`` has a matrix of states for each token, or for each of the ``kinds`` that the tokens are of.
    All sequences are read abreast, forward and backward at once: reading backward is reading forward
    with the steps turned round. Each step is scaled to sum to one, so that long ones do not underflow.
    """
    here = np.exp(node - node.max(axis=1, keepdims=True))
    step = np.exp(edge - edge.max(axis=(1, 2), keepdims=True))
    order, active = _abreast(np.asarray(starts), len(node))
    own = here[order]
    kind = np.arange(len(node)) if kinds is None else kinds
    taken = np.stack([kind[order[0]], kind[np.minimum(order[1] + 1, len(node) - 1)] + len(step)])
    step = np.concatenate([step, step.swapaxes(1, 2)])
    # what reaches a token from one side, before the token itself is counted
    reached = np.ones_like(own)
    state = own[:, : active[0]]
    state = state / state.sum(axis=2, keepdims=True)
    begin = 0
    for before, now in pairwise(active):
        begin += before
        part = slice(begin, begin + now)
        message = (state[:, :now, None] @ step[taken[:, part]])[:, :, 0]
        reached[:, part] = message
        state = message * own[:, part]
        state /= state.sum(axis=2, keepdims=True)
    found = np.empty((2, *node.shape))
    for side in (0, 1):
        found[side, order[side]] = reached[side]
    probability = found[0] * found[1] * here
    return probability / probability.sum(axis=1, keepdims=True)


def _abreast(begins: Array, size: int) -> tuple[Array, list[int]]:
    """The tokens in the order in which they are reached, first from the front, then from the back of
    their sequences, the longest sequence first: shape (2, tokens); and how many are reached at once.
    """
    lengths = np.diff([*begins, size])
    longest = np.argsort(-lengths, kind="stable")
    begins, lengths = begins[longest], lengths[longest]
    active = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    step = np.repeat(np.arange(lengths[0]), active)
    which = np.concatenate([np.arange(count) for count in active])
    front = begins[which] + step
    return np.stack([front, (begins + lengths - 1)[which] - step]), active.tolist()
