from hypothesis import given
from hypothesis import strategies as st

from compare.text import lexicons
from compare.text.cues import inflect, stances, verb, words


def test_regular_verbs_inflect_by_rule() -> None:
    assert inflect("deny") == ("denies", "denied", "denied", "denying")
    assert inflect("urge") == ("urges", "urged", "urged", "urging")
    assert inflect("stress") == ("stresses", "stressed", "stressed", "stressing")


def test_a_cue_gives_its_last_verb_and_stance() -> None:
    assert verb("has repeatedly denied") == ("deny", "denied")
    assert verb("said") == ("say", "neutral")
    assert verb("Warning") == ("warn", "warned")
    assert verb("according to") == ("", "")


def test_laden_verbs_stand_apart_from_neutral_ones() -> None:
    found = {v: stances()[v] for v in ("say", "tell", "claim", "insist", "admit", "warn", "deny", "announce")}
    assert found["say"] == found["tell"] == "neutral"
    assert len(set(found.values())) == 7


def test_every_irregular_verb_has_four_forms_and_is_listed() -> None:
    listed = {v for part in lexicons.load("cues")["verbs"].values() for v in part.split()}
    listed |= set(lexicons.load("cues")["plain"]["verbs"].split())
    for base, forms in lexicons.load("cues")["irregular"].items():
        assert len(forms.split()) == 4, base
    assert {"say", "tell", "write"} <= listed


@given(st.sampled_from(sorted(words())))
def test_every_form_leads_to_a_lemma_and_a_class(form: str) -> None:
    assert words()[form].lemma
    assert words()[form].classes
