"""The gate on cleaning: what is kept of pages of our own writing may get better, and never worse."""

from benchmarks.pages import figures

# Measured on every fifth of the 216 pages; `python -m benchmarks.pages` prints the figures on all.
TEXT_FLOOR = 0.92
BEHIND_TRAFILATURA = 0.01


def test_the_report_is_kept_and_the_page_around_it_is_not() -> None:
    found = figures(every=5)
    assert found["product, visible text"]["all"] >= TEXT_FLOOR
    assert found["all visible text"]["all"] < 0.8


def test_on_html_the_product_is_no_worse_than_its_extractor_alone_on_any_layout() -> None:
    found = figures(every=5)
    for layout, alone in found["trafilatura alone"].items():
        assert found["product, HTML"][layout] >= alone - BEHIND_TRAFILATURA, layout
