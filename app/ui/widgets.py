"""Form fields as govuk-frontend's HTML, written directly: a page of questions stays cheap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape
from wtforms import (
    BooleanField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)

# The stubs of WTForms describe an older release, without this class.
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]

from app.ui.fields import PARTS, CalendarDateField

# Values reach `html` only as arguments, which it escapes.
PART_WIDTHS = {"day": "2", "month": "2", "year": "4"}


@dataclass(frozen=True)
class Look:
    """How a page wants one field drawn."""

    label_size: str = ""
    legend_size: str = "m"
    legend_level: int = 0
    inline: bool = False
    small: bool = False
    width: str = ""
    rows: int = 5
    hide_label: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)


def html(template: str, *values: object) -> Markup:
    """Fill `{}` in trusted markup with escaped values."""
    return Markup(template.format(*map(escape, values)))  # noqa: S704


def html_attributes(pairs: Mapping[str, Any]) -> Markup:
    """Write attributes; True stands bare, False and None are left out."""
    written = (
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in pairs.items()
        if value is not None and value is not False
    )
    return Markup("".join(written))  # noqa: S704


def _joined(pieces: Iterable[Markup]) -> Markup:
    return Markup("").join(pieces)


def _error(bound: Any) -> str:
    return str(bound.errors[0]) if bound.errors else ""


def described_by(bound: Any) -> str | None:
    """Return the ids of the field's hint and error, those that are there."""
    ids = [f"{bound.id}-hint"] if bound.description else []
    return " ".join([*ids, f"{bound.id}-error"] if _error(bound) else ids) or None


def _error_message(bound: Any) -> Markup:
    if not bound.errors:
        return Markup("")
    return html(
        '<p id="{}-error" class="govuk-error-message">'
        '<span class="govuk-visually-hidden">Error:</span> {}</p>',
        bound.id,
        _error(bound),
    )


def _hint_and_error(bound: Any) -> Markup:
    hint = Markup("")
    if bound.description:
        hint = html('<div id="{}-hint" class="govuk-hint">{}</div>', bound.id, bound.description)
    return hint + _error_message(bound)


def _group(bound: Any, inner: Markup) -> Markup:
    error = " govuk-form-group--error" if _error(bound) else ""
    return html('<div class="govuk-form-group{}">{}</div>', error, inner)


def _label(bound: Any, look: Look) -> Markup:
    classes = "govuk-label"
    classes += f" govuk-label--{look.label_size}" if look.label_size else ""
    classes += " govuk-visually-hidden" if look.hide_label else ""
    return html('<label class="{}" for="{}">{}</label>', classes, bound.id, bound.label.text)


def _fieldset(bound: Any, look: Look, inner: Markup, role: str | None = None) -> Markup:
    classes = "govuk-fieldset__legend"
    classes += f" govuk-fieldset__legend--{look.legend_size}" if look.legend_size else ""
    classes += " govuk-visually-hidden" if look.hide_label else ""
    text = escape(bound.label.text)
    if look.legend_level:
        text = html('<h{0} class="govuk-fieldset__heading">{1}</h{0}>', look.legend_level, text)
    described = html_attributes({"role": role, "aria-describedby": described_by(bound)})
    legend = html('<legend class="{}">{}</legend>', classes, text)
    body = _joined((legend, _hint_and_error(bound), inner))
    return _group(bound, html('<fieldset class="govuk-fieldset"{}>{}</fieldset>', described, body))


def _control(bound: Any, look: Look, block: str, **own: Any) -> Markup:
    """Write the attributes of a control: ours, then those of the field and of the page."""
    given = {**(bound.render_kw or {}), **look.attributes}
    classes = [f"govuk-{block}", str(given.pop("class", ""))]
    classes.append(f"govuk-{block}--error" if _error(bound) else "")
    if look.width:
        prefix = f"govuk-{block}--width-" if look.width.isdigit() else "govuk-!-width-"
        classes.insert(1, prefix + look.width)
    pairs = {
        "class": " ".join(name for name in classes if name),
        "id": bound.id,
        "name": bound.name,
        **own,
        "aria-describedby": described_by(bound),
    }
    return html_attributes({**pairs, **given})


def _labelled(bound: Any, look: Look, control: Markup) -> Markup:
    return _group(bound, _joined((_label(bound, look), _hint_and_error(bound), control)))


def _input(bound: Any, look: Look) -> Markup:
    kind = getattr(bound.widget, "input_type", "text")
    own: dict[str, Any] = {"type": kind}
    if isinstance(bound, IntegerField):
        own = {"type": "text", "inputmode": "numeric"}
    if kind != "password":
        own["value"] = bound._value() or None
    else:
        own |= {"spellcheck": "false", "autocapitalize": "none"}
    return _labelled(bound, look, html("<input{}>", _control(bound, look, "input", **own)))


def _file(bound: Any, look: Look) -> Markup:
    return _labelled(
        bound, look, html("<input{}>", _control(bound, look, "file-upload", type="file"))
    )


def _textarea(bound: Any, look: Look) -> Markup:
    attributes = _control(bound, look, "textarea", rows=look.rows)
    # A browser drops one newline after the tag: the text's own first one must not be it.
    text = html("<textarea{}>\n{}</textarea>", attributes, bound._value())
    return _labelled(bound, look, text)


def _option(one: Choice) -> Markup:
    return html(
        "<option{}>{}</option>",
        html_attributes({"value": one.value, "selected": bool(one.selected)}),
        one.label,
    )


def _select(bound: Any, look: Look) -> Markup:
    if bound.has_groups():
        options = _joined(
            html('<optgroup label="{}">{}</optgroup>', name, _joined(map(_option, members)))
            if name
            else _joined(map(_option, members))
            for name, members in bound.iter_groups()
        )
    else:
        options = _joined(map(_option, bound.iter_choices()))
    attributes = _control(bound, look, "select")
    return _labelled(bound, look, html("<select{}>{}</select>", attributes, options))


def _item(bound: Any, one: Choice, place: int, kind: str) -> Markup:
    own = dict(one.render_kw or {})
    hint = own.pop("hint", "")
    item = bound.id if place == 1 else f"{bound.id}-{place}"
    attributes = html_attributes(
        {
            "class": f"govuk-{kind}__input",
            "id": item,
            "name": bound.name,
            "type": "radio" if kind == "radios" else "checkbox",
            "value": one.value,
            "checked": bool(one.selected),
            "aria-describedby": f"{item}-item-hint" if hint else None,
            **own,
        }
    )
    said = '<div id="{}-item-hint" class="govuk-hint govuk-{}__hint">{}</div>'
    return html(
        '<div class="govuk-{0}__item"><input{1}>'
        '<label class="govuk-label govuk-{0}__label" for="{2}">{3}</label>{4}</div>',
        kind,
        attributes,
        item,
        one.label,
        html(said, item, kind, hint) if hint else "",
    )


def _items(bound: Any, look: Look, kind: str) -> Markup:
    classes = f"govuk-{kind}"
    classes += f" govuk-{kind}--inline" if look.inline else ""
    classes += f" govuk-{kind}--small" if look.small else ""
    items = (_item(bound, one, place, kind) for place, one in enumerate(bound.iter_choices(), 1))
    return _fieldset(bound, look, html('<div class="{}">{}</div>', classes, _joined(items)))


def _boolean(bound: Any, look: Look) -> Markup:
    described = [f"{bound.id}-item-hint"] if bound.description else []
    described += [f"{bound.id}-error"] if _error(bound) else []
    own = {"hint": bound.description, "aria-describedby": " ".join(described) or None}
    one = Choice(value="y", label=bound.label.text, selected=bool(bound.data), render_kw=own)
    classes = "govuk-checkboxes" + (" govuk-checkboxes--small" if look.small else "")
    item = html('<div class="{}">{}</div>', classes, _item(bound, one, 1, "checkboxes"))
    return _group(bound, _joined((_error_message(bound), item)))


def _date_part(bound: CalendarDateField, part: str, typed: str) -> Markup:
    classes = f"govuk-input govuk-date-input__input govuk-input--width-{PART_WIDTHS[part]}"
    attributes = html_attributes(
        {
            "class": classes + (" govuk-input--error" if _error(bound) else ""),
            "id": f"{bound.id}-{part}",
            "name": f"{bound.name}-{part}",
            "type": "text",
            "value": typed or None,
            "inputmode": "numeric",
        }
    )
    return html(
        '<div class="govuk-date-input__item"><div class="govuk-form-group">'
        '<label class="govuk-label govuk-date-input__label" for="{}-{}">{}</label>'
        "<input{}></div></div>",
        bound.id,
        part,
        part.capitalize(),
        attributes,
    )


def _date(bound: Any, look: Look) -> Markup:
    pairs = zip(PARTS, bound.parts, strict=True)
    parts = _joined(_date_part(bound, part, typed) for part, typed in pairs)
    inner = html('<div class="govuk-date-input" id="{}">{}</div>', bound.id, parts)
    return _fieldset(bound, look, inner, role="group")


DRAWN: tuple[tuple[type[Any], Callable[[Any, Look], Markup]], ...] = (
    (CalendarDateField, _date),
    (RadioField, lambda bound, look: _items(bound, look, "radios")),
    (SelectMultipleField, lambda bound, look: _items(bound, look, "checkboxes")),
    (SelectField, _select),
    (BooleanField, _boolean),
    (FileField, _file),
    (TextAreaField, _textarea),
)


def form_field(bound: Any, **look: Any) -> Markup:
    """Draw any field with its label, hint and error; `look` as in `Look`."""
    if getattr(bound.widget, "input_type", "") == "hidden":
        own = {"type": "hidden", "id": bound.id, "name": bound.name, "value": bound._value()}
        return html("<input{}>", html_attributes(own))
    for kind, draw in DRAWN:
        if isinstance(bound, kind):
            return draw(bound, Look(**look))
    return _input(bound, Look(**look))
