from benchmarks.fit_quotes import split
from benchmarks.quotes import predict


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
