"""The labelled tasks are answered through the product, and a figure that falls is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import scoring, tasks, whole_pairs

FERRY = "The ferry to Lunn was moved to Friday after the crew asked for more time."
MOVED = "The crew asked for more time, and the ferry to Lunn was moved to Friday."
APART = "Bakers in the old town sold nine hundred loaves before noon."
ROWS: dict[str, dict[str, Any]] = {
    "alignment": {
        "group": "g",
        "documents": {
            "a": {"story": "s", "sentences": [FERRY, APART]},
            "b": {"story": "s", "sentences": [MOVED]},
        },
        "same": [["a", 0, "b", 0]],
        "near": [],
        "judged": None,
    },
    "coverage": {"pair": "p", "a": [FERRY, APART], "b": [MOVED]},
    "omission": {"a": FERRY, "b": MOVED, "question": "when?", "detail": "Friday", "verb": "moved"},
    "stories": {"id": "1", "title": "Ferry", "text": FERRY, "story": "s"},
    "quotes": {"id": "1", "text": f"“{FERRY}” the mayor said on Monday.", "attributions": []},
    "wording": {
        "event": "e",
        "documents": {"L": [FERRY]},
        "mentions": [{"outlet": "L", "phrase": "The ferry", "sentence": 0, "concept": "f", "type": "t"}],
    },
    "loaded": {"text": "A disgraceful, shameful betrayal!", "biased": 1, "words": ["shameful"]},
    "sentences": {"id": "1", "text": f"{FERRY} {APART}", "sentences": [FERRY, APART]},
}


@pytest.mark.parametrize("task", tasks.NAMES)
def test_every_task_is_answered_from_a_file_to_a_file(task: str, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps(ROWS[task]) + "\n", encoding="utf-8")
    assert command.main(["predict", task, str(source), str(target)]) == 0
    assert [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_the_same_fact_is_linked_and_another_is_not() -> None:
    (answer,) = tasks.predict("alignment", [ROWS["alignment"]])
    links = {(a, i, b, j): score for a, i, b, j, score in answer["links"]}
    said = {pair for pair, score in links.items() if score >= answer["threshold"]}
    assert said == {("a", 0, "b", 0)}


def test_a_task_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError, match="no task"):
        tasks.predict("gossip", [])


def test_without_data_it_says_where_to_get_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["table", str(tmp_path)]) == 66
    assert "CC BY" in capsys.readouterr().err


def test_a_wrong_call_shows_the_calls(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 64
    assert "predict TASK" in capsys.readouterr().err


SCORER = """
import json, sys
print(json.dumps({"f1": FIGURE, "documents_all_right": 1}))
"""


@pytest.mark.parametrize(("figure", "code"), [(0.95, 0), (0.5, 1)])
def test_a_figure_below_its_floor_is_refused(
    figure: float, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    rows = json.dumps(ROWS["sentences"]) + "\n"
    (tmp_path / "data" / "sentences.own.jsonl").write_text(rows, encoding="utf-8")
    (tmp_path / "score.py").write_text(SCORER.replace("FIGURE", str(figure)), encoding="utf-8")
    floors = tmp_path / "floors.toml"
    floors.write_text('["sentences.own"]\nf1 = 0.9\n', encoding="utf-8")
    monkeypatch.setattr(scoring, "FLOORS", floors)
    assert command.main(["gate", str(tmp_path)]) == code


def test_labelled_pairs_are_rebuilt_from_the_data_they_stand_in() -> None:
    label = {
        "group": "g", "story": "s", "a": [whole_pairs.mark(FERRY)], "b": [whole_pairs.mark(MOVED)],
        "same": [[0, 0]], "near": [], "cover_a": [2], "cover_b": [2],
    }  # fmt: skip
    (row,) = whole_pairs.rebuild([label], [f"{FERRY} \\n", APART, MOVED])
    assert (row["a"], row["b"], row["same"]) == ([FERRY], [MOVED], [["a", 0, "b", 0]])
    with pytest.raises(KeyError):
        whole_pairs.rebuild([label], [APART])
