from benchmarks.fit_quotes import fine_states, split
from benchmarks.quotes import predict
from compare.text.tokens import tokens


def test_an_answer_has_contents_with_sources_and_cues_alone() -> None:
    text = "“We will rebuild the bridge,” Mayor Ana Rivera said."
    (answer,) = predict([{"id": "x", "text": text}])
    assert answer["id"] == "x"
    contents = [q for q in answer["quotes"] if q["content"]]
    cues = [q for q in answer["quotes"] if q["cue"]]
    assert [text[slice(*q["content"])] for q in contents] == ["“We will rebuild the bridge,”"]
    assert "Ana Rivera" in text[slice(*contents[0]["source"])]
    assert [text[slice(*q["cue"])] for q in cues] == ["said"]


def test_the_split_is_the_same_for_any_order_and_leaves_three_in_ten_unseen() -> None:
    rows = [{"id": str(n)} for n in range(200)]
    seen, unseen = split(rows)
    assert (len(seen), len(unseen)) == (140, 60)
    assert split(rows[::-1]) == (seen, unseen)


def test_the_fine_states_tell_before_from_after_and_the_head_of_a_cue() -> None:
    text = "It rained. Ana, she had said, left. “No,” he said."
    spans = {name: [text.index(name), text.index(name) + len(name)] for name in ("she", "had said", "left")}
    row = {
        "text": text,
        "attributions": [
            {"source": [spans["she"]], "cue": [spans["had said"]], "content": [[11, 14], spans["left"]]},
            {"source": [], "cue": [], "content": [[36, 41]]},
        ],
    }
    found = fine_states(row, tokens(text)).tolist()
    assert tokens(text).texts[3:11] == ["Ana", ",", "she", "had", "said", ",", "left", "."]
    assert found[3:11] == [6, 1, 2, 5, 4, 1, 7, 0]
    assert found[11:15] == [7, 7, 7, 7]
