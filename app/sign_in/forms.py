"""What a person types to sign in, to recover and to choose a password."""

from __future__ import annotations

from wtforms.validators import DataRequired, InputRequired, Length

from app.ui.fields import EmailField, PasswordField
from app.ui.forms import DebriefForm


def _lower(typed: str | None) -> str:
    return (typed or "").strip().lower()


class SignInForm(DebriefForm):
    """E-mail address and password."""

    email = EmailField(
        "E-mail address",
        [
            DataRequired("Enter your e-mail address"),
            Length(max=254, message="Enter an e-mail address"),
        ],
        filters=[_lower],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password")],
        render_kw={"autocomplete": "current-password"},
    )


class ForgottenForm(DebriefForm):
    """The address to which a link is sent."""

    email = EmailField(
        "E-mail address",
        [
            DataRequired("Enter your e-mail address"),
            Length(max=254, message="Enter an e-mail address"),
        ],
        filters=[_lower],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )


class NewPasswordForm(DebriefForm):
    """A first password, or a new one after a recovery."""

    password = PasswordField(
        "New password",
        [InputRequired("Enter a new password")],
        description="At least 12 characters, of any kind. Three random words are easy to keep.",
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(DebriefForm):
    """The password that one has and the one that one wants."""

    current_password = PasswordField(
        "Current password",
        [InputRequired("Enter your current password")],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = PasswordField(
        "New password",
        [InputRequired("Enter a new password")],
        description="At least 12 characters, of any kind. Three random words are easy to keep.",
        render_kw={"autocomplete": "new-password"},
    )
