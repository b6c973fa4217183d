"""The page: whole, self-contained, its links alive, and nothing of an article in charge of it."""

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import report_samples as samples

from compare.errors import ParallaxError
from compare.model import Problem
from compare.report import html
from compare.report.brief import compose
from compare.report.look import Look

ATTACK = (
    '<script>alert(1)</script><style>@page{margin:0}</style><img src="http://attacker.example/x">'
    "<link rel=attachment href=file:///etc/passwd>{{ 7*7 }}\"onload=x' }@import url(http://attacker.example/)"
)


class Page(HTMLParser):
    """What a browser would see: tags with their attributes, and the text of style and script apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside not in {"script", "style"}:
            self.texts.append(data)

    def values(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.tags if name in attrs]


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_every_inner_link_leads_to_one_place(medium: str) -> None:
    page = Page(html.render(samples.week(), medium=medium))  # type: ignore[arg-type]
    places = page.values("id")
    assert len(places) == len(set(places))
    inner = {link[1:] for link in page.values("href") if link.startswith("#")}
    assert inner
    assert inner <= set(places)


def test_the_page_asks_for_nothing_from_anywhere() -> None:
    page = Page(html.render(samples.week()))
    assert not page.values("src")
    assert not [attrs for tag, attrs in page.tags if tag in {"link", "iframe", "object", "img"}]
    assert "@import" not in html.render(samples.week())
    assert "url(" not in html.render(samples.week())


def test_no_markup_of_an_article_reaches_the_page() -> None:
    evil = compose(
        [
            samples.story(
                outlets=(f"A {ATTACK}", f"B {ATTACK}"), title=ATTACK, author=ATTACK, url=ATTACK, origin=ATTACK
            )
        ],
        problems=[Problem(ATTACK, ATTACK)],
        edition=samples.EDITION.__class__(
            title=ATTACK, week=ATTACK, command=ATTACK, signature=((ATTACK, ATTACK),)
        ),
    )
    calm = compose([samples.story(outlets=("A", "B"))], problems=[Problem("a", "b")], edition=samples.EDITION)
    for medium in ("screen", "print"):
        page = Page(html.render(evil, medium=medium))
        allowed = {tag for tag, _ in Page(html.render(calm, medium=medium)).tags}
        assert {tag for tag, _ in page.tags} <= allowed
        assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
        assert "alert(1)" in "".join(page.texts)
        assert "49" not in [text.strip() for text in page.texts]


def test_only_web_addresses_are_live() -> None:
    live = html.render(samples.brief(url="https://example.org/a?b=1&c=2"))
    assert 'href="https://example.org/a?b=1&amp;c=2"' in live
    dead = html.render(samples.brief(url="javascript:alert(1)"))
    assert "javascript:" not in "".join(Page(dead).values("href"))


def test_evidence_stands_word_for_word_with_its_marks() -> None:
    text = " ".join(html.render(samples.brief()).split())
    assert "4,200" in text
    assert re.search(r"<mark>[^<]*4,200", text)


def test_only_our_own_script_may_run() -> None:
    text = html.render(samples.brief())
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text


def test_a_folder_of_templates_changes_the_look(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "cover.html.j2").write_text(
        "<h1>Our house: {{ brief.headline }}</h1>", encoding="utf-8"
    )
    assert "Our house: How Gull" in html.render(samples.brief(), templates=tmp_path)


@pytest.mark.parametrize("broken", ["{{ brief.no_such_thing }}", "{% if %}", "{{ nothing }}"])
def test_a_template_with_a_mistake_is_one_clear_line(tmp_path: Path, broken: str) -> None:
    (tmp_path / "brief.html.j2").write_text(broken, encoding="utf-8")
    with pytest.raises(ParallaxError, match="template") as caught:
        html.render(samples.brief(), templates=tmp_path)
    assert caught.value.exit_code == 78
    assert "\n" not in str(caught.value)


def test_the_look_takes_colours_papers_and_logos_and_nothing_else(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"\x89PNG")
    page = html.render(samples.brief(), look=Look("Letter", "#123456", "#abcdef", logo), medium="print")
    assert "size: Letter" in page
    assert "#123456" in page
    assert f"data:image/png;base64,{base64.b64encode(logo.read_bytes()).decode()}" in page
    with pytest.raises(ParallaxError, match="colour"):
        Look(first="red; } body { background: url(x)")
    with pytest.raises(ParallaxError, match="paper"):
        Look(paper="A0")  # type: ignore[arg-type]
    (tmp_path / "logo.svg").write_text("<svg/>", encoding="utf-8")
    with pytest.raises(ParallaxError, match="PNG or JPEG"):
        html.render(samples.brief(), look=Look(logo=tmp_path / "logo.svg"))
    with pytest.raises(ParallaxError, match="cannot be read"):
        html.render(samples.brief(), look=Look(logo=tmp_path / "none.png"))


def test_headings_step_down_one_level_at_a_time() -> None:
    for brief in (samples.week(), samples.brief(), compose([])):
        levels = [int(tag[1]) for tag, _ in Page(html.render(brief)).tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_contrast_of_the_colours_of_text_meets_wcag_aa() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    look = Look()
    for colour in (look.first, look.second, "#1b1b1a", "#5a5a56", "#454541", "#7f3a06"):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5
    assert abs(luminance(look.first) - luminance(look.second)) > 0.05


def test_every_passage_links_to_its_place_in_an_article_on_the_screen_and_not_in_print() -> None:
    page = html.render(samples.week())
    for link, end in re.findall(r'class="opens" href="#([^"]+)" data-end="(\d+)"', page):
        assert re.search(rf'<span data-at="\d+" id="{link}">', page)
        assert int(end) > int(link.rsplit("-", 1)[1])
    assert page.count('class="opens"') > 10
    assert 'class="opens"' not in html.render(samples.week(), medium="print")


def test_no_style_but_the_sheet_has_effect_on_the_screen() -> None:
    text = html.render(samples.week())
    (sheet,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in text
    assert "unsafe" not in text[: text.index("<style>")]
    assert not Page(text).values("style"), "a style attribute has no effect on the screen: use a class"
