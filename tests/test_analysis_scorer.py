"""Probabilities of links: symmetric, calibrated in order, alike for any numbering of documents."""

import numpy as np

from compare.analysis.kinship import FEWEST, kinship
from compare.analysis.scorer import (
    additive,
    coefficients,
    pair_odds,
    score,
    split,
    split_threshold,
    threshold,
)
from compare.analysis.signals import NAMES, signals

FIRST = [
    "Storm Ida cut power to 40,000 homes in Varnholm on Monday.",
    "Schools will stay shut until Thursday, the council said.",
    "Two fishermen are missing off Cape Brenna.",
]
SECOND = [
    "About 40,000 households in Varnholm lost electricity when storm Ida struck on Monday.",
    "A bakery handed out free bread.",
    "The search for two missing fishermen off Cape Brenna goes on.",
]


def test_the_same_fact_is_likelier_than_any_other_pair() -> None:
    links = score([FIRST, SECOND]).links[:3, 3:]
    assert links[0, 0] == links[0].max() == links[:, 0].max()
    assert links[2, 2] > threshold() > links[1, 1]


def test_probabilities_are_symmetric_and_none_inside_a_document() -> None:
    links = score([FIRST, SECOND]).links
    assert np.array_equal(links, links.T)
    assert not links[:3, :3].any()
    assert links.max() <= 1


def test_the_order_of_documents_only_renumbers() -> None:
    one, other = score([FIRST, SECOND]).links, score([SECOND, FIRST]).links
    assert np.allclose(one[:3, 3:], other[3:, :3], atol=1e-5)


def test_no_document_and_an_empty_document_are_taken() -> None:
    assert score([]).links.shape == (0, 0)
    assert score([FIRST, []]).links.shape == (3, 3)


def test_a_word_in_another_spelling_still_links() -> None:
    first = ["Oleksandr Usyk trained in Kyiv on Friday.", "Rain is expected."]
    second = ["On Friday, Aleksandr Usik was training in Kiev.", "The bout is in May."]
    assert score([first, second]).links[0, 2] > threshold()


def test_the_shipped_figures_name_every_signal_and_how_they_were_made() -> None:
    shipped = coefficients()
    assert set(shipped["pair"]["weights"]) == set(NAMES)
    assert set(shipped["pair"]["bends"]) <= set(NAMES)
    assert {name for product in shipped["pair"]["products"] for name in product[:2]} <= set(NAMES)
    assert shipped["signature"]["command"].startswith("python -m benchmarks.")
    assert 0 < threshold() < 1


def test_odds_are_slopes_bends_beyond_their_knots_and_products() -> None:
    model = {
        "weights": {"latent": 2.0},
        "bends": {"depth": {"at": [1.0, 4.0], "by": [-1.0, 0.5]}},
        "products": [["latent", "depth", 0.1]],
        "intercept": -3.0,
    }
    table = np.zeros((3, len(NAMES)), np.float32)
    table[:, NAMES.index("latent")] = [1, 1, 0]
    table[:, NAMES.index("depth")] = [1, 6, 2]
    assert np.allclose(additive(model, table), [2 - 3 + 0.1, 2 - 3 - 5 + 1 + 0.6, -3 - 1])


def event(port: str, ship: str, count: int) -> list[list[str]]:
    return [
        [f"The ferry {ship} caught fire off {port} on day {n}.", f"{ship} had left {port} with {n} lorries."]
        for n in range(count)
    ]


def test_documents_of_one_of_two_look_alike_events_hang_together() -> None:
    documents = event("Halm", "Queen Tarn", 8) + event("Askel", "Maid Orla", 8)
    kin = kinship(signals(documents), len(documents))
    assert (kin.pattern[:8, :8] > 0).all()
    assert (kin.pattern[:8, 8:] < 0).all()
    assert split(kin) > 0.5


def test_a_small_story_counts_as_one_event() -> None:
    documents = event("Halm", "Queen Tarn", FEWEST - 1)
    kin = kinship(signals(documents), len(documents))
    assert split(kin) == 0
    assert not kin.pattern.any()


def test_links_across_look_alike_events_are_unlikely() -> None:
    documents = event("Halm", "Queen Tarn", 8) + event("Askel", "Maid Orla", 8)
    links = score(documents).links
    assert links[:16:2, 16::2].max() < links[0, 2:16:2].min()


def test_an_event_is_not_taken_for_two_because_many_tell_of_it() -> None:
    told = event("Halm", "Queen Tarn", 1)[0] + [
        "Two stokers were flown to hospital.",
        "The coastguard sent three boats.",
        "Lorries on the lower deck caught first.",
        "The owner promised an inquiry.",
    ]
    for count in (FEWEST, 4 * FEWEST):
        documents = [
            [*told[n % 6 :], *told[: n % 6], f"Reporter {n} spoke to {n} hands."] for n in range(count)
        ]
        assert split(kinship(signals(documents), count)) < split_threshold()


def test_look_alike_events_part_what_is_asserted_and_join_nothing() -> None:
    documents = event("Halm", "Queen Tarn", 8) + event("Askel", "Maid Orla", 8)
    scores, found = score(documents), signals(documents)
    plainly = 1 / (1 + np.exp(-pair_odds(found)))
    asserted = scores.asserted[found.left, found.right]
    assert (asserted <= plainly + 1e-6).all()
    assert (asserted < plainly - 0.1).any()
    raised = scores.links[found.left, found.right] > plainly
    assert raised.any()
    assert np.allclose(asserted[raised], plainly[raised])


def test_in_a_small_story_every_link_is_asserted() -> None:
    scores = score([FIRST, SECOND])
    assert np.array_equal(scores.links, scores.asserted)
