"""A forgotten password, and the single-use link that sets one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import public
from app.accounts.models import MailKind
from app.db import lock_for_writing, now_utc, reads_first
from app.sign_in import passwords, signing_in, throttle
from app.sign_in.forms import ForgottenForm, NewPasswordForm
from app.sign_in.mail import can_send, spool
from app.sign_in.password_rules import WeakPassword, check
from app.sign_in.views.sign_in import address, former_token
from app.ui.views import error_page

blueprint = Blueprint("passwords", __name__, template_folder="../templates")


@blueprint.get("/forgotten")
@public
def forgotten() -> ResponseReturnValue:
    """Ask for the address to which a link is sent, or say who else can help."""
    return render_template("sign_in/forgotten.html", form=ForgottenForm(), can_send=can_send())


@blueprint.post("/forgotten")
@public
@reads_first
def ask_for_link() -> ResponseReturnValue:
    """Note that a link was asked for; the answer is the same whether there is an account or not."""
    form, now = ForgottenForm(), now_utc()
    if not can_send():
        return render_template("sign_in/forgotten.html", form=form, can_send=False), 422
    if not form.validate():
        return render_template("sign_in/forgotten.html", form=form, can_send=True), 422
    try:
        throttle.admit_recovery(form.email.data or "", address(), now)
    except throttle.TooManyAttempts as refusal:
        form.refuse("email", refusal)
        return render_template("sign_in/forgotten.html", form=form, can_send=True), 429
    lock_for_writing()
    spool(MailKind.RECOVERY, form.email.data or "", now=now)
    return redirect(url_for("passwords.link_sent"), code=303)


@blueprint.get("/forgotten/sent")
@public
def link_sent() -> ResponseReturnValue:
    """Say what happens now, whoever asked."""
    return render_template("sign_in/link_sent.html")


def _not_usable(refusal: passwords.LinkNotUsable) -> ResponseReturnValue:
    return error_page(
        410,
        "This link cannot be used",
        str(refusal),
        "Ask whoever gave it to you for another, or ask for one by e-mail.",
        way_out=("Ask for another link", url_for("passwords.forgotten")),
    )


@blueprint.get("/set-password/<token>")
@public
def choose(token: str) -> ResponseReturnValue:
    """Ask for a password; opening the link does not use it up, or mail scanners would."""
    try:
        person = passwords.holder_of(token, now_utc())
    except passwords.LinkNotUsable as refusal:
        return _not_usable(refusal)
    return render_template("sign_in/set_password.html", form=NewPasswordForm(), person=person)


@blueprint.post("/set-password/<token>")
@public
@reads_first
def set_password(token: str) -> ResponseReturnValue:
    """Set the password and use the link up; every session of the person ends."""
    form = NewPasswordForm()
    chosen = form.password.data or ""
    try:
        person = passwords.holder_of(token, now_utc())
        if form.validate():
            check(chosen, email=person.email or "", name=person.name or "")
            new_hash = passwords.hashed(chosen)
            lock_for_writing()
            passwords.set_by_link(token, new_hash, now=now_utc())
            return _to_sign_in()
    except passwords.LinkNotUsable as refusal:
        return _not_usable(refusal)
    except WeakPassword as refusal:
        form.refuse("password", refusal)
    return render_template("sign_in/set_password.html", form=form, person=person), 422


def _to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page; this browser may have been somebody else's."""
    if session_token := former_token():
        signing_in.end(session_token, now=now_utc())
    session.clear()
    flash("Your password is set. Sign in with it.", "success")
    return redirect(url_for("sign_in.form"), code=303)
