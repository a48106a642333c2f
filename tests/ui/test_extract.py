"""An extract says where it is from, and no more of it than holds for every one."""

from __future__ import annotations

import pytest
from flask import Flask


@pytest.mark.parametrize(("form", "said"), [
    # Guidance may stand word for word: its licence lets it.
    ("guidance", "How to ask, from the source"), ("log", "How to ask, rewritten from the source"),
])  # fmt: skip
def test_only_what_is_rewritten_is_called_so(app: Flask, form: str, said: str) -> None:
    macro = app.jinja_env.get_template("ui/macros/extract.html").module.extract
    with app.test_request_context():
        assert f">{said}<" in str(macro(form, "How to ask", "18:31 Ask."))
