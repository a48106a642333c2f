"""Every pair of colours that the sheet puts together, in light and in dark."""

from __future__ import annotations

import re

import pytest

from app.ui.static_files import SOURCES

SHEET = (SOURCES / "debrief.css").read_text()
GOVUK = (SOURCES / "govuk-frontend.css").read_text()
COLOUR = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})")

TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2") for ground in ("paper", "card", "ground")],
    *[("ink", soft) for soft in ("accent-soft", "right-soft", "wrong-soft", "overdue-soft")],
    *[("ink-2", soft) for soft in ("right-soft", "wrong-soft", "overdue-soft", "accent-soft")],
    *[("accent", ground) for ground in ("paper", "card", "accent-soft")],
    ("right", "right-soft"),
    ("right", "card"),
    ("wrong", "wrong-soft"),
    ("wrong", "card"),
    ("overdue-ink", "overdue-soft"),
    ("paper", "accent"),
    ("button-ink", "button"),
    ("button-ink", "button-hover"),
    ("button-ink", "danger"),
    ("button-ink", "danger-hover"),
    ("header-ink", "header"),
    ("header-ink-2", "header"),
    *[
        (f"govuk-{name}-colour", ground)
        for name in ("link", "link-visited", "link-hover", "error", "secondary-text", "text")
        for ground in ("paper", "card")
    ],
    ("govuk-focus-text-colour", "govuk-focus-colour"),
]
CONTROLS = [
    *[
        (edge, ground)
        for edge in ("edge", "accent", "govuk-input-border-colour")
        for ground in ("paper", "card")
    ],
    ("button", "paper"),
    ("right", "right-soft"),
    ("wrong", "wrong-soft"),
    ("overdue", "card"),
    ("header-line", "header"),
]


def _colours(css: str) -> dict[str, str]:
    return dict(COLOUR.findall(css))


LIGHT = {**_colours(GOVUK.split("@media")[0]), **_colours(SHEET.split("@media")[0])}
DARK = {**LIGHT, **_colours(SHEET.split("prefers-color-scheme: dark")[1].split("\n}")[0])}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(scheme: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), CONTROLS)
def test_controls_can_be_seen(scheme: dict[str, str], edge: str, ground: str) -> None:
    assert contrast(scheme[edge], scheme[ground]) >= 3


def test_nothing_of_another_brand_is_carried() -> None:
    for word in ("GDS Transport", "@font-face", "crown", "crest", "url("):
        assert word not in GOVUK + SHEET
