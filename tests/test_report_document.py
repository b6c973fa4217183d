"""The JSON carries everything, by its published schema, and every passage slices back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import compare.report
from compare.report import document
from compare.report.parts import Brief

SCHEMA = json.loads(Path(compare.report.__file__).with_name("brief.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told(comparison: Brief) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(document.render(comparison))
    return answer


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_document_follows_the_schema(told: dict[str, Any]) -> None:
    jsonschema.validate(told, SCHEMA, format_checker=jsonschema.FormatChecker())


def test_the_schema_refuses_a_finding_without_evidence(told: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(told))
    broken["stories"][0]["findings"][0]["evidence"] = []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def passages(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if {"article", "begin", "end", "text"} <= part.keys():
            yield part
        for value in part.values():
            yield from passages(value)
    elif isinstance(part, list):
        for value in part:
            yield from passages(value)


def test_every_passage_slices_back_to_its_article(told: dict[str, Any]) -> None:
    bodies = {article["id"]: article["body"] for article in told["articles"]}
    found = list(passages(told["stories"]))
    assert found
    for passage in found:
        assert bodies[passage["article"]][passage["begin"] : passage["end"]] == passage["text"]


def test_every_finding_but_an_omission_has_evidence_on_both_sides(told: dict[str, Any]) -> None:
    for finding in told["stories"][0]["findings"]:
        outlets = {item["outlet"] for item in finding["evidence"]}
        assert len(outlets) > 1 or finding["kind"] == "omission" or finding["variety"] == "other speaker", (
            finding
        )
