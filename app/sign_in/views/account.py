"""One's own account: who Debrief takes one for, where one is signed in, one's password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.accounts.queries import grants_of
from app.db import lock_for_writing, now_utc, reads_first
from app.sign_in import passwords, signing_in, throttle
from app.sign_in.forms import ChangePasswordForm
from app.sign_in.password_rules import WeakPassword, check
from app.sign_in.views.sign_in import address

blueprint = Blueprint("account", __name__, template_folder="../templates")


@blueprint.get("/account")
@requires(Permission.LEARN)
def index() -> ResponseReturnValue:
    """Show one's own account and the browsers in which one is signed in."""
    person = me()
    browsers = signing_in.browsers_of(
        person.person_id, this_browser=person.token_digest, now=now_utc()
    )
    return render_template(
        "sign_in/account.html",
        person=person,
        browsers=browsers,
        grants=grants_of(person.person_id),
    )


@blueprint.get("/account/password")
@requires(Permission.LEARN)
def password() -> ResponseReturnValue:
    """Ask for the current and the new password."""
    return render_template("sign_in/change_password.html", form=ChangePasswordForm())


def _checked(form: ChangePasswordForm) -> bool:
    """Check the new password's rules, then the current password, whose tries are counted."""
    current, new = form.current_password.data or "", form.new_password.data or ""
    try:
        check(new, email=me().email, name=me().name)
        if new == current:
            raise WeakPassword("Choose a password that is not your current one")
        passwords.check(me().email, current, address=address(), now=now_utc())
    except WeakPassword as refusal:
        form.refuse("new_password", refusal)
    except passwords.WrongPassword:
        form.refuse("current_password", "This is not your current password")
    except throttle.TooManyAttempts as refusal:
        form.refuse("current_password", refusal)
    return not form.errors


def _said_of(others: int) -> str:
    if not others:
        return "You were signed in nowhere else."
    browsers = "One other browser was" if others == 1 else f"{others} other browsers were"
    return f"{browsers} signed out."


@blueprint.post("/account/password")
@requires(Permission.LEARN)
@reads_first
def change_password() -> ResponseReturnValue:
    """Change one's own password; every other browser is signed out."""
    form = ChangePasswordForm()
    if not form.validate() or not _checked(form):
        return render_template("sign_in/change_password.html", form=form), 422
    person, new_hash = me(), passwords.hashed(form.new_password.data or "")
    lock_for_writing()
    throttle.forgive(person.email)
    others = passwords.change(
        person.person_id, new_hash, this_browser=person.token_digest, now=now_utc()
    )
    flash(f"Your password is changed. {_said_of(others)}", "success")
    return redirect(url_for("account.index"), code=303)


@blueprint.post("/account/sign-out-everywhere")
@requires(Permission.LEARN)
def sign_out_everywhere() -> ResponseReturnValue:
    """Sign out in every browser, this one too."""
    signing_in.end_all(me().person_id, now=now_utc())
    session.clear()
    flash("You are signed out everywhere.", "success")
    return redirect(url_for("sign_in.form"), code=303)
