from compare.text.agents import actives, passives


def test_a_passive_without_by_names_nobody() -> None:
    text = "The talks were pushed back to Monday."
    (deed,) = passives(text)
    assert text[deed.span.begin : deed.span.end] == "were pushed back"
    assert deed.actor == ""


def test_a_passive_with_by_is_not_agentless() -> None:
    assert passives("The talks were postponed by the ministry.") == []


def test_an_active_verb_names_its_subject() -> None:
    text = "On Sunday Oslo pushed back the talks."
    (deed,) = actives(text)
    assert deed.actor == "Oslo"


def test_active_and_passive_of_one_verb_meet() -> None:
    (hidden,) = passives("Three villages were seized on Friday.")
    (named,) = actives("Rivalia seized three villages on Friday.")
    assert hidden.verb == named.verb
    assert hidden.patient & named.patient


def test_an_object_of_a_preposition_is_no_subject() -> None:
    assert actives("The mayor of Lund visited the camp.") == []
