"""The named refusals of files: each a plain sentence with the way out."""

from __future__ import annotations

from app.cases.document import CaseRefusal

LARGEST = 10_000_000
MOST_PAGES = 300


class TooBig(CaseRefusal):
    """A file of more bytes than are read."""

    def __init__(self) -> None:
        super().__init__(
            "This file is larger than 10 MB. Save it without its pictures, "
            "or copy its text and paste it instead."
        )


class TooManyPages(CaseRefusal):
    """A PDF of more pages than a case has."""

    def __init__(self) -> None:
        super().__init__(
            f"This PDF has more than {MOST_PAGES} pages. "
            "Save only the pages of the case as a PDF of their own, and choose that."
        )


class Scanned(CaseRefusal):
    """A PDF that holds pictures of pages and no text."""

    def __init__(self) -> None:
        super().__init__(
            "This PDF holds pictures of its pages and no text, so there is nothing to read. "
            "Look for the published text of the case, or run text recognition on the file first."
        )


class Encrypted(CaseRefusal):
    """A file that opens only with a password."""

    def __init__(self) -> None:
        super().__init__(
            "This file is protected by a password. "
            "Open it with the password, save it without one, and choose it again."
        )


class Damaged(CaseRefusal):
    """A file that is not whole, or not what it says it is."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This {what} is damaged and cannot be read. "
            "Fetch it again, or copy its text and paste it instead."
        )


class Unpacked(CaseRefusal):
    """A packed file that would be far too large once unpacked."""

    def __init__(self) -> None:
        super().__init__(
            "This file would be far too large once it is unpacked, so it was not opened. "
            "Copy the text of the case and paste it instead."
        )


class TooHeavy(CaseRefusal):
    """A file that needs more time or memory than reading may take."""

    def __init__(self) -> None:
        super().__init__(
            "Reading this file takes too long or too much memory, so it was stopped. "
            "Save only the pages of the case and choose that file, or copy its text and paste it."
        )


class Busy(CaseRefusal):
    """A file that waited while others were read."""

    def __init__(self) -> None:
        super().__init__(
            "Several other files are being read just now. Choose this one again in a minute."
        )


class WrongKind(CaseRefusal):
    """A file of a kind that is not read."""

    def __init__(self, what: str = "This kind of file") -> None:
        super().__init__(
            f"{what} cannot be read. Choose a PDF, a Word document (.docx), a web page (.html) "
            "or a text file (.txt), or copy the text of the case and paste it."
        )


class Empty(CaseRefusal):
    """A file without a word."""

    def __init__(self) -> None:
        super().__init__(
            "There are no words in this file. Choose another file, "
            "or copy the text of the case and paste it."
        )


class Unreadable(CaseRefusal):
    """A PDF whose letters are shapes that stand for no known character."""

    def __init__(self) -> None:
        super().__init__(
            "This PDF shows letters but does not say which they are, so its words cannot be read. "
            "Look for another form of the case, or run text recognition on the file first."
        )
