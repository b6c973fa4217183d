"""Sources that only the story's articles together lead back to a person, and swapped quotations."""

from compare.analysis.quotes import find
from compare.analysis.quotes.identity import identified
from compare.analysis.quotes.shares import UNRESOLVED, shares
from compare.model import Alignment, Article, Span, Story
from compare.text.passages import passages
from compare.text.utterances import utterances, voices

REST = " The rain began on Friday. Schools were closed. Trucks carried sand to the dam. Shops shut early."
SAID = "“The orchard belongs to whoever waters it in August,”"
LONG = "“The orchard belongs to whoever waters it in August, and not to those who draw the maps,”"
MINISTER = f"{SAID} Lurian Farm Minister Ana Rivera told reporters."


def table(bodies: dict[str, str]) -> Alignment:
    articles = tuple(
        Article(o, o, "", f"Quarrel over the orchard\n\n{b}{REST}", Span(0, 24)) for o, b in bodies.items()
    )
    return Alignment(Story("s", articles), tuple(bodies), tuple(passages(a) for a in articles), ())


def speakers(bodies: dict[str, str]) -> dict[str, str]:
    found = identified(voices(table(bodies)))
    return {v.outlet: one.quotation.speaker for v in found for one in utterances(v) if one.quotation.person}


def swaps(bodies: dict[str, str]) -> list[str]:
    return [one.summary for one in find(table(bodies)) if one.variety == "other speaker"]


def test_an_office_that_another_article_gives_a_person_is_that_person() -> None:
    told = f"Her rival Ana Rivera answered from the quay. {SAID} the Lurian farm minister said."
    assert speakers({"Post": MINISTER, "Echo": told})["Echo"] == "Ana Rivera"


def test_an_office_is_nobodys_in_an_article_that_does_not_name_the_person() -> None:
    assert "Echo" not in speakers({"Post": MINISTER, "Echo": f"{SAID} the Lurian farm minister said."})


def test_an_office_of_two_persons_is_nobodys() -> None:
    other = "Lurian Farm Minister Tom Okafor resigned."
    told = f"Ana Rivera answered from the quay. {SAID} the Lurian farm minister said."
    assert "Echo" not in speakers({"Post": MINISTER, "Echo": told, "Gull": other})


def test_a_source_that_holds_a_full_name_is_that_person_but_not_their_lawyer() -> None:
    own = f"Minister Ana Rivera of the coast party did not soften her words: {SAID} she wrote."
    lawyer = f"{SAID} said the lawyer of Ana Rivera."
    found = speakers({"Post": MINISTER, "Echo": own, "Gull": lawyer})
    assert found["Echo"] == "Ana Rivera"
    assert "Gull" not in found


def test_he_is_the_one_named_just_before_to_whom_another_article_gives_the_words() -> None:
    first = f"{LONG} Farm Minister Oskar Tell told reporters."
    told = f"Farm supremo Oskar Tell was not having it. {SAID} he said."
    found = shares(table({"Post": first, "Echo": told}))
    assert [(one.speaker, one.quotations) for one in found.speakers] == [("Oskar Tell", (1, 1))]


def test_he_is_nobody_where_another_is_named_too_or_the_others_disagree() -> None:
    first = f"{LONG} Farm Minister Oskar Tell told reporters."
    both = f"Farm supremo Oskar Tell met Bram Ode. {SAID} he said."
    found = shares(table({"Post": first, "Echo": both}))
    assert UNRESOLVED in [one.speaker for one in found.speakers]
    told = f"Farm supremo Oskar Tell was not having it. {SAID} he said."
    other = f"{LONG} a weary gardener said."
    found = shares(table({"Post": first, "Echo": told, "Gull": other}))
    assert UNRESOLVED in [one.speaker for one in found.speakers]


def test_a_swapped_quotation_names_every_outlet_on_each_side() -> None:
    bodies = {
        "Post": MINISTER,
        "Echo": f"Her rival Ana Rivera answered from the quay. {SAID} the Lurian farm minister said.",
        "Gull": f"{SAID} Mayor Tom Okafor told reporters.",
    }
    expected = (
        "Echo and Post give “The orchard belongs to whoever waters it in August” as words of Ana Rivera, "
        "Gull as words of Tom Okafor."
    )
    assert swaps(bodies) == [expected]
    assert swaps(dict(reversed(bodies.items()))) == [expected]


def test_a_whole_sentence_in_two_mouths_is_told_though_an_article_reports_it() -> None:
    plain = " The orchard belongs to whoever waters it in August, villagers hold."
    bodies = {"Post": MINISTER + plain, "Echo": f"{SAID} Mayor Tom Okafor told reporters."}
    assert len(swaps(bodies)) == 1
    phrase = "“belongs to whoever waters it in August”"
    free = {name: body.replace(SAID, f"The orchard {phrase},") for name, body in bodies.items()}
    assert swaps(free) == []


def test_the_same_cut_by_two_outlets_is_one_finding() -> None:
    whole = f"{LONG} Mayor Ana Rivera told reporters."
    short = f"{SAID} Mayor Ana Rivera said."
    alignment = table({"Post": whole, "Echo": whole, "Gull": short, "Ark": short})
    (cut,) = [one for one in find(alignment) if one.variety == "cut"]
    assert cut.summary.startswith("Echo and Post quote Ana Rivera as saying “The orchard")
    assert cut.summary.endswith(
        "Ark and Gull give only “The orchard belongs to whoever waters it in August”."
    )
    assert [one.outlet for one in cut.evidence] == ["Echo", "Post", "Ark", "Gull"]
