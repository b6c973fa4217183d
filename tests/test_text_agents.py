from compare.text.agents import passives


def test_a_passive_without_by_names_nobody() -> None:
    text = "The talks were pushed back to Monday."
    (deed,) = passives(text)
    assert text[deed.span.begin : deed.span.end] == "were pushed back"
    assert deed.actor == ""


def test_a_passive_with_by_is_not_agentless() -> None:
    assert passives("The talks were postponed by the ministry.") == ()
