"""The twin for the screen in a real browser: filters, passages in their articles, paper, and no script."""

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import chromium
import pypdf
import pytest
import report_samples as samples
from playwright.sync_api import Browser, Locator, Page, expect

from compare.report import html
from compare.report.parts import Brief, Entry

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.started() as one:
        yield one


@pytest.fixture(scope="module")
def brief() -> Brief:
    """Three stories told by three outlets, and one of a single outlet."""
    return samples.week()


@pytest.fixture(scope="module")
def address(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> str:
    return chromium.saved(tmp_path_factory.mktemp("twin"), "week", html.render(brief))


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with chromium.opened(browser, address, viewport=WIDE) as one:
        yield one


def entries(brief: Brief) -> list[Entry]:
    return [entry for section in brief.sections for group in section.groups for entry in group.shown]


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name)


def letters(text: str) -> str:
    """Only letters and digits: a page breaks lines and joins letters where it likes."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def shown(page: Page) -> list[str]:
    """The findings that can be seen, by their anchors."""
    found = page.locator(".finding[data-kind]").all()
    return [str(one.get_attribute("id")) for one in found if one.is_visible()]


def test_each_filter_shows_the_findings_that_fit_and_says_how_many(page: Page, brief: Brief) -> None:
    told = entries(brief)
    fits: dict[str, Callable[[Entry], bool]] = {
        "quote": lambda entry: entry.finding.kind == "quote",
        "Outlet 1": lambda entry: any(one.outlet == "Outlet 1" for one in entry.finding.evidence),
        "high": lambda entry: entry.sureness == "high",
        "fair or high": lambda entry: entry.sureness != "low",
    }
    kept = told
    for label, choice in (("Outlet", "Outlet 1"), ("Confidence", "fair or high"), ("Kind", "quote")):
        field(page, label).select_option(label=choice)
        kept = [entry for entry in kept if fits[choice](entry)]
        assert kept
        assert shown(page) == [entry.anchor for entry in kept]
        expect(page.get_by_role("status")).to_have_text(f"{len(kept)} of {len(told)} findings shown")
    page.get_by_role("button", name="Show all").click()
    assert shown(page) == [entry.anchor for entry in told]


def test_a_filter_that_fits_nothing_hides_the_stories_and_says_so(page: Page) -> None:
    field(page, "Kind").select_option("emphasis")
    assert shown(page) == []
    assert not page.locator("section.story").first.is_visible()
    assert page.locator(".matrix tbody th").first.is_visible(), "what is not a finding stays"
    expect(page.get_by_role("status")).to_contain_text("0 of")


def test_the_keyboard_alone_filters_and_clears(page: Page, brief: Brief) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the stories")).to_be_focused()
    page.keyboard.press("Tab")
    expect(field(page, "Kind")).to_be_focused()
    page.keyboard.type("figure")
    quotes = [entry.anchor for entry in entries(brief) if entry.finding.kind == "figure"]
    assert shown(page) == quotes
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Enter")
    assert len(shown(page)) == len(entries(brief))
    expect(field(page, "Kind")).to_be_focused()


def test_a_link_leads_to_its_place_also_where_a_filter_hides_it(page: Page, brief: Brief) -> None:
    hidden = brief.highlights[0].entry
    other = next(kind for kind in ("label", "quote") if kind != hidden.finding.kind)
    field(page, "Kind").select_option(other)
    assert hidden.anchor not in shown(page)
    page.locator(f".most .claim[href='#{hidden.anchor}']").click()
    expect(page.locator(f"#{hidden.anchor}")).to_be_in_viewport()
    assert field(page, "Kind").input_value() == ""


def test_a_key_opens_a_passage_in_its_article_and_escape_leads_back(page: Page, brief: Brief) -> None:
    for exhibit in brief.sections[0].groups[0].shown[0].exhibits:
        link = page.locator(f"#{exhibit.anchor} a.opens")
        link.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name=re.compile(re.escape(exhibit.outlet)))
        marked = dialog.locator("mark")
        expect(marked).to_have_text(exhibit.passage.text)
        expect(marked).to_be_focused()
        expect(marked).to_be_in_viewport()
        for paragraph in exhibit.source.article.body.split("\n\n"):
            expect(dialog).to_contain_text(paragraph)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(link).to_be_focused()


def test_the_opened_article_keeps_the_keyboard_until_it_is_closed(page: Page) -> None:
    page.locator("a.opens").first.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert page.evaluate(inside)
    page.get_by_role("button", name="Close").press("Enter")
    expect(page.locator("a.opens").first).to_be_focused()


def test_the_pointer_over_a_place_shows_its_paragraph_and_escape_takes_it_away(
    page: Page, brief: Brief
) -> None:
    exhibit = brief.sections[0].groups[0].shown[0].exhibits[0]
    page.locator(f"#{exhibit.anchor} a.opens").hover()
    glimpse = page.get_by_role("tooltip")
    expect(glimpse.locator("mark")).to_have_text(exhibit.passage.text)
    glimpse.hover()
    page.wait_for_timeout(400)
    expect(glimpse).to_be_visible()
    page.keyboard.press("Escape")
    expect(glimpse).to_be_hidden()


def test_ids_stay_unique_while_an_article_is_open(page: Page) -> None:
    page.locator("a.opens").first.press("Enter")
    ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), one => one.id)")
    assert len(ids) == len(set(ids))


def test_without_a_script_everything_is_there_and_every_link_leads(
    browser: Browser, address: str, brief: Brief
) -> None:
    with chromium.opened(browser, address, viewport=WIDE, java_script_enabled=False) as page:
        assert shown(page) == [entry.anchor for entry in entries(brief)]
        assert not field(page, "Kind").is_visible()
        exhibit = brief.sections[0].groups[0].shown[0].exhibits[0]
        page.locator(f"#{exhibit.anchor} a.opens").click()
        place = page.locator(f"#text-{exhibit.source.number}-{exhibit.passage.span.begin}")
        expect(place).to_be_in_viewport()
        expect(place).to_have_text(exhibit.passage.text)


def test_on_paper_all_is_there_whatever_is_filtered_and_no_control_is(page: Page, brief: Brief) -> None:
    field(page, "Kind").select_option("quote")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf()))
    text = letters("".join(part.extract_text() for part in printed.pages))
    head = letters("Story" + "".join(brief.matrix.outlets))
    assert text.count(head) == 1, "the table of all stories is torn over pages"
    assert "Showall" not in text
    assert "findingsshown" not in text
    for entry in entries(brief):
        assert letters(entry.number + entry.title) in text
    for listing in brief.sources:
        for paragraph in listing.source.article.body.split("\n\n"):
            assert letters(paragraph) in text[text.index("Thearticles") :]


def test_an_outlet_is_filtered_whatever_its_name(browser: Browser, tmp_path: Path) -> None:
    told = samples.brief(outlets=("A | B", '<i>C</i> & "D"'))
    with chromium.opened(browser, chromium.saved(tmp_path, "names", html.render(told))) as page:
        field(page, "Outlet").select_option(label="A | B")
        assert len(shown(page)) == len(entries(told))
