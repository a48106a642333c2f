"""How long reading a PDF of 20 pages takes: `python -m tests.performance.cases`.

The time is that of the whole way: a child is started, reads, and hands the document back. The
file is a fictional case said over and over, printed tagged and untagged, in one column and two.
"""

from __future__ import annotations

import html
import resource
import statistics
import time

from playwright.sync_api import sync_playwright

from app.cases.bounded import read_bounded
from tests.cases.making_files import CASES, LAYOUTS, Case, as_html, page_style, printing_browser

PAGES = 20
TARGET = 3.0
RUNS = 5


def long_case(columns: str, tagged: bool) -> bytes:
    """Return a printed case of 20 pages."""
    case = CASES[1]
    with sync_playwright() as playwright:
        browser = printing_browser(playwright)
        page = browser.new_page()
        page.set_content(_many_times(case, columns))
        made = page.pdf(prefer_css_page_size=True, tagged=tagged, page_ranges=f"1-{PAGES}")
        browser.close()
    return made


def _many_times(case: Case, columns: str) -> str:
    whole = as_html(case, page_style(case, columns))
    head, rest = whole.split("<main>")
    body, foot = rest.split("</main>")
    told = html.escape("Told once more")
    return f"{head}<main>{f'{body}<h2>{told}</h2>' * 10}</main>{foot}"


def processor_seconds_of_children() -> float:
    """Return the time of the processor that ended children took: it tells of busy machines."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the median and the longest time for each way of printing."""
    for columns, tags in LAYOUTS:
        data = long_case(columns, tags == "tagged")
        took, before = [], processor_seconds_of_children()
        for _ in range(RUNS):
            started = time.perf_counter()
            case = read_bounded(data, "long.pdf")
            took.append(time.perf_counter() - started)
        pages = max(block.place.page or 0 for block in case.blocks)
        processor = (processor_seconds_of_children() - before) / RUNS
        verdict = "holds" if max(took) < TARGET else "MISSED"
        print(
            f"{columns}, {tags}: {pages} pages, {len(data):,} bytes, {len(case.blocks)} blocks: "
            f"median {statistics.median(took):.2f} s, longest {max(took):.2f} s, "
            f"of which the processor {processor:.2f} s; "
            f"target {TARGET:.0f} s {verdict}"
        )


if __name__ == "__main__":
    main()
