from __future__ import annotations

import pytest

from app.ui.markdown import ledger, markdown, markdown_inline


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onclick=alert(1)>x</b>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "![x](https://example.org/pixel.png)",
        "<style>p{}</style>",
        '<p style="color:red">x</p>',
        "<iframe src=//example.org></iframe>",
    ],
)
@pytest.mark.parametrize("render", [markdown, markdown_inline])
def test_nothing_active_comes_through(render, text: str) -> None:  # type: ignore[no-untyped-def]
    html = str(render(text))
    for forbidden in ("<script", "<b ", "href=", "<img", "<style", "<p style", "<iframe"):
        assert forbidden not in html.replace('href="https://example.org/pixel.png"', "")


def test_links_open_normally_and_tell_nothing_of_us() -> None:
    html = str(markdown("[the guidance](https://www.college.police.uk/)"))
    assert 'href="https://www.college.police.uk/"' in html
    assert 'rel="noopener noreferrer"' in html
    assert "target" not in html


def test_headings_start_below_those_of_the_page() -> None:
    assert "<h3>One</h3>" in markdown("# One")
    assert "<h4>Two</h4>" in markdown("## Two")
    assert "<h6>Six</h6>" in markdown("###### Six")


def test_inline_has_no_paragraph() -> None:
    assert markdown_inline("he said *no* & left") == "he said <em>no</em> &amp; left"


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert "&lt;b&gt;" in markdown("a <b>bold</b> word")


def test_equal_text_is_rendered_once() -> None:
    assert markdown("the same text") is markdown("the same text")


def test_ledger_splits_marks_from_words() -> None:
    text = "Entry 1 | Caller rings: threats.\n\n- 22:40: Log closed.\n**Marker**: none\nNo mark"
    assert ledger(text) == [
        ("Entry 1", "Caller rings: threats."),
        ("22:40", "Log closed."),
        ("Marker", "none"),
        ("", "No mark"),
    ]
