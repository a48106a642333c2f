"""Reading web pages: what a reader sees, in order, and nothing that only machines read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.document import LineKind, SourceLine
from app.cases.formats.refusals import LARGEST, Empty, TooBig
from app.cases.html_reading import decoded, extract_html


def _lines(html: str) -> tuple[SourceLine, ...]:
    return extract_html(html.encode()).lines


def _texts(html: str) -> list[str]:
    return [line.text for line in _lines(html)]


def test_headings_paragraphs_and_items_come_in_order_with_their_kinds() -> None:
    found = _lines("<h1>Bins</h1><p>Two were <u>full</u>.</p><ul><li>one<li>two</ul><h3>Left</h3>")
    assert [(line.kind, line.level, line.text) for line in found] == [
        (LineKind.HEADING, 1, "Bins"),
        (LineKind.PARAGRAPH, None, "Two were full."),
        (LineKind.ITEM, 1, "one"),
        (LineKind.ITEM, 1, "two"),
        (LineKind.HEADING, 3, "Left"),
    ]
    assert [line.line for line in found] == [1, 2, 3, 4, 5]
    assert all(line.whole for line in found)


def test_scripts_styles_templates_and_comments_are_no_words() -> None:
    page = "<style>p{}</style><script>var a='b'</script><template><p>t</p></template><!-- c --><p>x"
    found = extract_html(page.encode())
    assert [line.text for line in found.lines] == ["x"]
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("hidden", "why"),
    [
        ("<nav>Home</nav>", "other pages"),
        ("<div role=navigation>Home</div>", "other pages"),
        ("<p hidden>Home</p>", "hidden"),
        ("<p style='display: none'>Home</p>", "hidden"),
        ("<dialog>Home</dialog>", "hidden"),
        ("<body><noscript>Home</noscript>", "scripts are switched off"),
        ("<button>Home</button>", "button"),
        ("<select><option>Home</option></select>", "form"),
        ("<svg><text>Home</text></svg>", "picture"),
        ("<img alt=Home>", "picture"),
        ("<title>Home</title>", "title"),
    ],
)
def test_what_is_not_seen_is_left_out_with_the_reason(hidden: str, why: str) -> None:
    found = extract_html(f"{hidden}<p>seen</p>".encode())
    assert [line.text for line in found.lines] == ["seen"]
    assert [left.text for left in found.left_out] == ["Home"]
    assert why in found.left_out[0].reason


def test_a_title_that_the_page_says_too_is_not_left_out() -> None:
    assert extract_html(b"<title>Bins</title><h1>Bins</h1>").left_out == ()


def test_what_stands_outside_the_main_part_is_left_out_but_a_first_heading_is_not() -> None:
    found = extract_html(
        b"<header>Menu<h1>Bins</h1></header><main><p>Two bins were full.</p></main><p>Contact</p>"
    )
    assert [line.text for line in found.lines] == ["Bins", "Two bins were full."]
    assert [left.text for left in found.left_out] == ["Menu", "Contact"]


def test_a_main_part_with_few_of_the_words_is_not_believed() -> None:
    assert _texts("<main>a</main><p>b c d e f</p>") == ["a", "b c d e f"]


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=5><li>a<li value=9>b<li>c</ol>", ["5. a", "9. b", "10. c"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ("<ol type=a start=26><li>a<li>b</ol>", ["z. a", "aa. b"]),
        ("<ol type=I start=4><li>a</ol>", ["IV. a"]),
        ("<ol><li><p>a</p><p>b</p></ol>", ["1. a", "b"]),
        ("<ol><li>a<ul><li>b</ul>c</ol>", ["1. a", "b", "c"]),
        ("<ol start=99999999999><li>a</ol>", ["1. a"]),
        ("<li>a", ["a"]),
    ],
)
def test_items_of_numbered_lists_have_the_number_that_a_browser_shows(
    page: str, texts: list[str]
) -> None:
    assert _texts(page) == texts


def test_an_item_knows_how_deep_it_stands_and_its_second_paragraph_is_none() -> None:
    found = _lines("<ul><li><p>a</p><p>b</p><ul><li>c</ul></ul>")
    assert [(line.text, line.kind, line.level) for line in found] == [
        ("a", LineKind.ITEM, 1),
        ("b", LineKind.PARAGRAPH, None),
        ("c", LineKind.ITEM, 2),
    ]


def test_broken_lines_are_lines_and_empty_ones_are_gaps() -> None:
    found = _lines("<p>one<br>two<br><br>three</p>")
    assert [(line.text, line.whole, line.blank_before) for line in found] == [
        ("one", False, True),
        ("two", False, False),
        ("three", False, True),
    ]


def test_lines_of_preformatted_text_are_kept_apart() -> None:
    assert _texts("<pre>one\ntwo</pre>") == ["one", "two"]


def test_tables_with_named_columns_are_read_by_rows_and_others_by_cells() -> None:
    named = "<table><caption>Bins</caption><tr><th>Day<th>Full<tr><td>Monday<td><p>2</p></table>"
    assert _texts(named) == ["Bins", "Day | Full", "Monday | 2"]
    assert _texts("<table><tr><td>Case 3<td>Bins</table>") == ["Case 3", "Bins"]


def test_terms_and_what_they_mean_are_lines() -> None:
    assert _texts("<dl><dt>Bin<dd>A box</dl>") == ["Bin", "A box"]


def test_links_are_kept_with_their_words_and_only_when_they_lead_out() -> None:
    page = "<p>See <a href='https://example.org/x'>the\n page</a>, <a href='#top'>up</a>.</p>"
    assert _lines(page)[0].links == (("the page", "https://example.org/x"),)
    inside = _lines("<a href=https://example.org><p>one</p><p>two</p></a>")
    assert [line.links for line in inside] == [
        (("one", "https://example.org"),),
        (("two", "https://example.org"),),
    ]


def test_short_quotations_keep_their_marks() -> None:
    assert _texts("<p>He said <q>no</q>.") == ["He said “no”."]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>café".encode(), "<p>café"),
        (b"\xef\xbb\xbf<p>caf\xc3\xa9", "<p>café"),
        ("<p>café".encode("cp1252"), "<p>café"),
        ("\ufeff<p>café".encode("utf-16-le"), "<p>café"),
        ("<meta charset=iso-8859-2><p>ž".encode("iso-8859-2"), "<meta charset=iso-8859-2><p>ž"),
        (b"<meta charset=rot13><p>\xe9", "<meta charset=rot13><p>é"),
        (b"<meta charset=utf-99><p>\xe9", "<meta charset=utf-99><p>é"),
    ],
)
def test_the_alphabet_is_found_out(data: bytes, text: str) -> None:
    assert decoded(data) == text


@pytest.mark.parametrize("page", [b"<p></p>", b"<script>a</script>", b"<p>&nbsp;&#8203;</p>"])
def test_a_page_without_a_word_is_refused(page: bytes) -> None:
    with pytest.raises(Empty):
        extract_html(page)


def test_a_page_that_is_too_big_is_refused() -> None:
    with pytest.raises(TooBig):
        extract_html(b"a" * (LARGEST + 1))


WORD = st.text(st.sampled_from("abcdefg123é“"), min_size=1, max_size=6)
INLINE = st.sampled_from(["b", "u", "i", "span", "a href=https://example.org/", "font", "sup"])
OUTER = st.sampled_from(
    ["p", "div", "h1", "h4", "ul", "ol", "li", "table", "tr", "td", "th", "dl", "dt", "dd",
     "blockquote", "pre", "section", "article", "caption", "details", "summary", "main"]
)  # fmt: skip
PAGES = st.recursive(
    WORD.map(lambda word: f" {word} "),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(INLINE, inner).map(
            lambda found: f"<{found[0]}>{found[1]}</{found[0].split()[0]}>"
        ),
        st.tuples(OUTER, inner).map(lambda found: f"<{found[0]}>{found[1]}</{found[0]}>"),
        inner.map(lambda text: f"{text}<br>"),
    ),
    max_leaves=25,
)


@given(PAGES)
def test_each_word_of_a_page_is_in_a_line_or_left_out(page: str) -> None:
    said = re.sub(r"<[^>]*>", "", page).split()
    if not said:
        return
    found = extract_html(page.encode())
    out = " ".join([line.text for line in found.lines] + [left.text for left in found.left_out])
    for word in said:
        assert word in out
    assert sum(out.count(letter) for letter in "abcdefg") == sum(
        "".join(said).count(letter) for letter in "abcdefg"
    )
