"""What a trainer may type when she imports and reviews a case, and the words of the refusals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms.validators import Length, Optional, ValidationError

from app.catalogue.document import Known
from app.catalogue.known_words import KNOWN_WORDS as NAMES
from app.importing.dates.published import read_published, said_published
from app.importing.reshaping import MOST_REASON, MOST_WHEN, Said, sentences_of
from app.importing.review import Facts, ReviewedBlock, Use
from app.ui.fields import (
    BooleanField,
    FileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    choice,
)
from app.ui.forms import DebriefForm
from app.ui.typed import shown

KNOWN_WORDS = {
    Known.THEN: NAMES[Known.THEN],
    Known.AVAILABLE: NAMES[Known.AVAILABLE],
    Known.LATER: NAMES[Known.LATER],
    None: "Not marked yet",
}
USE_WORDS = {
    Use.STORY: "Story",
    Use.EXTRACT: "Log, message or record",
    Use.GUIDANCE: "Guidance",
    Use.FINDING: "Finding",
    Use.RECOMMENDATION: "Recommendation",
    Use.RESPONSE: "Response to a recommendation",
    Use.OUTCOME: "Outcome",
    Use.QUESTION_OFFICERS: "Question for officers and staff",
    Use.QUESTION_POLICY: "Question for policy makers and managers",
    Use.HEADING: "Heading",
    Use.ABOUT: "About the document",
    Use.NOT_PLACED: "Not placed",
}
FILE, TEXT = "file", "text"
_ONE_LINE = 300


def one_line(value: str | None) -> str:
    """Return what was typed without spaces around it and with single ones inside."""
    return " ".join(shown(value or "").split())


class ImportForm(DebriefForm):
    """A case document, as a file or as pasted text."""

    way = RadioField(
        "How do you have the case?",
        choices=[choice(FILE, "As a file"), choice(TEXT, "As text that I paste")],
        default=FILE,
    )
    file = FileField(
        "File",
        description="A PDF, Word (.docx), web page (.html) or text file (.txt), up to 10 MB.",
        render_kw={"accept": ".pdf,.docx,.html,.htm,.txt"},
    )
    text = TextAreaField(
        "Text of the case",
        description="The whole text, with its headings on lines of their own. "
        "Up to 1 million characters.",
    )


class BlockForm(DebriefForm):
    """What a trainer says of one block, and what she does to it."""

    use = SelectField("What it is", choices=[choice(use.value, USE_WORDS[use]) for use in Use])
    rest = BooleanField(
        "Also the blocks after it that are the same now and stand under the same heading"
    )
    under = StringField(
        "Stands under the heading",
        [Length(max=_ONE_LINE, message=f"The heading must be {_ONE_LINE} characters or fewer")],
        filters=[one_line], render_kw={"list": "headings", "autocomplete": "off"},
    )  # fmt: skip
    when = StringField(
        "When it happened",
        [Length(max=MOST_WHEN, message=f"The time must be {MOST_WHEN} characters or fewer")],
        filters=[one_line],
        description="In words, such as “Around 6.30pm”. May be empty.",
    )
    known = RadioField(
        "When it could be known",
        choices=[choice(known.value if known else "", words)
                 for known, words in KNOWN_WORDS.items()],
    )  # fmt: skip
    after = SelectField("Split after", [Optional()], validate_choice=False)
    reason = StringField(
        "Why it is dropped",
        [Length(max=MOST_REASON, message=f"The reason must be {MOST_REASON} characters or fewer")],
        filters=[one_line],
        description="Kept with the case, so that nobody wonders later.",
    )

    def offer(self, block: ReviewedBlock) -> None:
        """Give the sentences after which the block can be split."""
        sentences = sentences_of(block.text)[:-1]
        self.after.choices = [
            choice(str(number), f"{number}. {_end_of(sentence)}")
            for number, sentence in enumerate(sentences, 1)
        ]

    def fill(self, block: ReviewedBlock) -> None:
        """Show what has been said of the block."""
        self.use.data, self.under.data = block.use.value, block.under
        self.when.data, self.known.data = block.when, block.known.value if block.known else ""
        self.reason.data = block.dropped

    def said(self) -> Said:
        """Return what was chosen and typed."""
        return Said(
            Use(self.use.data), self.under.data or "", self.when.data or "",
            Known(self.known.data) if self.known.data else None,
        )  # fmt: skip


def _end_of(sentence: str) -> str:
    words = sentence.split()
    return ("… " if len(words) > 9 else "") + " ".join(words[-9:])


def _published(_form: DebriefForm, field: StringField) -> None:
    if field.data and read_published(field.data) is None:
        raise ValidationError(
            "Enter a date such as January 2020, 20 February 2019 or 2019, or leave it empty"
        )


def _text(label: str, most: int = _ONE_LINE, hint: str = "") -> StringField:
    said = Length(max=most, message=f"This must be {most} characters or fewer")
    return StringField(label, [said], filters=[one_line], description=hint)


class FactsForm(DebriefForm):
    """What the case document says about itself."""

    title = _text("Title", 500, "As published. Learners see it only once the outcome is open.")
    publisher = _text("Publisher")
    series = _text("Series", hint="Such as Learning the Lessons")
    issue = _text("Issue")
    case = _text("Case number")
    theme = _text("Theme")
    force = _text("Force")
    published = StringField(
        "Published", [_published], filters=[one_line],
        description="As exactly as the document says: January 2020, or 20 February 2019",
    )  # fmt: skip
    references = TextAreaField("References", description="One on a line")
    tags = TextAreaField("Tags", description="One on a line")

    def fill(self, facts: Facts) -> None:
        """Show what holds now."""
        for name in Facts.__dataclass_fields__:
            value: Any = getattr(facts, name)
            self[name].data = "\n".join(value) if isinstance(value, tuple) else value
        self.published.data = said_published(facts.published)

    def facts(self) -> Facts:
        """Return what was typed."""
        typed: dict[str, Any] = {
            name: _lines(self[name].data) if name in ("references", "tags") else self[name].data
            for name in Facts.__dataclass_fields__
        }
        typed["published"] = read_published(self.published.data or "") or ""
        return Facts(**typed)


def _lines(typed: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_kept(one_line(line) for line in (typed or "").splitlines())))


def _kept(lines: Iterable[str]) -> Iterable[str]:
    return (line[:_ONE_LINE] for line in lines if line)
