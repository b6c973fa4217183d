"""Whole texts have a language; English is the rule and costs nothing to see."""

from compare.corpus.language import language


def test_english() -> None:
    """News English, short or long, is English."""
    assert language("The ferry was late because of the storm, the council said on Monday.") == "en"
    assert language("Ferry late") == "en"


def test_others() -> None:
    """Other languages are told apart."""
    assert (
        language("Le bac est en retard à cause de la tempête, a déclaré le conseil municipal lundi matin.")
        == "fr"
    )
    assert language("Паром опоздал из-за шторма, сообщил в понедельник городской совет.") == "ru"
