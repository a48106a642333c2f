"""The command `debrief import-case`: shows how a case document is read; it changes nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from app.cases.bounded import read_bounded
from app.cases.document import CaseDocument, CaseRefusal, Kind, to_plain

# A block or a left-out piece is shown up to here; the whole text is in --json.
SHOWN = 76


@click.command("import-case")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole case as JSON instead.")
def cli(file: Path, as_json: bool) -> None:
    """Show how a case document is read, without changing anything.

    FILE is a published case as plain text, web page (.html), Word document (.docx) or PDF, up to
    10 MB. What is shown: title, dates and numbers; how many blocks, questions, findings and
    recommendations were found; what no layout recognised; and each word that was left out, with
    the reason. Nothing is stored and no network is used.

    \b
    --json prints one object: title, publisher, series, issue, case, theme,
    force, published (2019-02-20, or 2020-01), references, tags, raising_issues,
    blocks [{kind, text, place, under}], questions [{number, audience, text}],
    findings [{number, text}], recommendations [{number, scope, text, finding,
    response}], outcomes [{person, text}], guidance [{title, text, url}],
    left_out [{text, reason, place}], coverage, family, form. What the source
    does not say is null or empty.

    A file that cannot be read ends with a sentence and exit code 1.
    """
    try:
        case = read_bounded(file.read_bytes(), file.name)
    except CaseRefusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except OSError as error:
        raise click.ClickException(f"{file} cannot be opened: {error.strerror}.") from error
    if as_json:
        click.echo(json.dumps(to_plain(case), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(summary_lines(case)))


def summary_lines(case: CaseDocument) -> list[str]:
    """Return what was read of a case, in lines for a person."""
    return [
        case.title or "(no title was found)",
        "",
        *_facts(case),
        "",
        *_counts(case),
        *_list("Not placed", [(str(b.place), b.text, "") for b in case.blocks
                              if b.kind is Kind.NOT_PLACED]),
        *_list("Left out", [(str(left.place), left.text, left.reason) for left in case.left_out]),
    ]  # fmt: skip


def _facts(case: CaseDocument) -> Iterator[str]:
    """Yield each fact of the header that the document states."""
    facts = {
        "Family": case.family, "Form": case.form.value, "Publisher": case.publisher,
        "Series": case.series, "Issue": case.issue, "Case": case.case, "Theme": case.theme,
        "Force": case.force, "Published": case.published,
        "References": ", ".join(case.references), "Tags": ", ".join(case.tags),
        "Raising": "; ".join(case.raising_issues),
    }  # fmt: skip
    for name, value in facts.items():
        if value:
            yield f"{name + ':':<12}{value}"


def _counts(case: CaseDocument) -> Iterator[str]:
    """Yield how many of each piece there are."""
    yield f"{100 * case.coverage:.1f} % of the words stand in {len(case.blocks)} blocks."
    audiences = Counter(question.audience or "nobody named" for question in case.questions)
    yield f"Questions: {len(case.questions)}"
    for audience, count in audiences.items():
        yield f"  {count} for {audience}"
    yield f"Findings: {len(case.findings)}"
    joined = sum(one.finding is not None for one in case.recommendations)
    answered = sum(one.response is not None for one in case.recommendations)
    yield (
        f"Recommendations: {len(case.recommendations)}"
        f" ({joined} joined to a finding, {answered} with a response)"
    )
    yield f"Outcomes: {len(case.outcomes)}"
    yield f"Guidance: {len(case.guidance)}"


def _list(name: str, rows: list[tuple[str, str, str]]) -> Iterator[str]:
    """Yield a list of pieces of the source, each with its place and why it stands here."""
    yield ""
    yield f"{name}: {len(rows)}"
    for place, text, reason in rows:
        line = " ".join(text.split())
        yield f"  {place}: {line if len(line) <= SHOWN else line[: SHOWN - 1] + '…'}"
        if reason:
            yield f"    {reason}"
