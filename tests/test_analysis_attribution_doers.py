from compare.analysis.attribution.doers import deeds
from compare.text.agents import passives


def test_an_active_verb_names_its_subject() -> None:
    text = "On Sunday Oslo postponed the talks."
    (deed,) = deeds(text)
    assert deed.actor == "Oslo"
    assert text[deed.span.begin : deed.span.end] == "Oslo postponed the talks"


def test_active_and_passive_of_one_verb_meet() -> None:
    (hidden,) = passives("Three villages were seized on Friday.")
    (named,) = deeds("Rivalia seized three villages on Friday.")
    assert hidden.verb == named.verb
    assert hidden.patient & named.patient


def test_an_object_of_a_preposition_is_no_subject() -> None:
    assert deeds("The mayor of Lund visited the camp.") == ()
