from compare.model import Span
from compare.text.mouths import people, speakers, surname

TEXT = (
    "President Ana Rivera opened the dam. Rivera spoke for an hour. "
    "Tom Okafor, a fisherman, listened. The president said she was proud. She smiled."
)


def who(words: str, *, last: bool = False) -> tuple[str, bool]:
    begin = TEXT.rfind(words) if last else TEXT.index(words)
    return speakers(TEXT, [Span(begin, begin + len(words))])[0]


def test_a_surname_goes_back_to_the_full_name() -> None:
    assert who("Rivera spoke"[:6], last=True) == ("Ana Rivera", True)


def test_a_description_goes_back_to_the_one_person_of_that_office() -> None:
    assert who("The president") == ("Ana Rivera", True)


def test_dots_in_an_abbreviation_do_not_hide_an_office() -> None:
    text = "U.S. Secretary of State Ana Rivera landed. The top US diplomat waved."
    begin = text.index("The top")
    assert speakers(text, [Span(begin, begin + 19)]) == [("Ana Rivera", True)]


def test_an_apposition_makes_a_person() -> None:
    assert who("Tom Okafor, a fisherman") == ("Tom Okafor", True)


def test_a_pronoun_goes_back_to_the_last_source() -> None:
    begin = TEXT.index("The president")
    she = TEXT.rindex("She")
    assert speakers(TEXT, [Span(begin, begin + 13), Span(she, she + 3)])[1] == ("Ana Rivera", True)


def test_a_source_without_a_name_keeps_its_own_words() -> None:
    text = "A nurse at the clinic said nobody had called."
    assert speakers(text, [Span(0, 7), None]) == [("A nurse", False), ("", False)]


def test_two_first_names_leave_the_surname_alone() -> None:
    text = "Ana Rivera, a judge, and Luis Rivera, a painter, met. Rivera said little."
    assert people(text).by_surname[surname("Rivera")].name == "Rivera"


def test_spellings_of_a_surname_are_one() -> None:
    assert surname("Sergei Volkovsky") == surname("Volkovskiy")


def test_a_group_with_an_article_is_nobody_who_speaks() -> None:
    text = "Minister Tom Okafor blamed the Eastern Front, a group of the hills. He spoke. The Front struck."
    begin = text.index("He spoke")
    assert speakers(text, [Span(begin, begin + 2)]) == [("Tom Okafor", True)]
