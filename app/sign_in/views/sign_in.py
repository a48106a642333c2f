"""Signing in and out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import login_user
from werkzeug.wrappers import Response

from app.accounts.access import load, me, public
from app.db import lock_for_writing, now_utc, reads_first
from app.sign_in import passwords, signing_in, throttle
from app.sign_in.carrying import Carried, local_path, unpack
from app.sign_in.demo_people import demo_people, demo_person
from app.sign_in.forms import SignInForm

blueprint = Blueprint("sign_in", __name__, template_folder="../templates")
HOME = "/"


def former_token() -> str | None:
    """Return the token of the cookie, whether or not its session still holds."""
    token = session.get("_user_id")
    return token if isinstance(token, str) else None


def address() -> str:
    """Return where the request came from, as the trusted proxies say."""
    return request.remote_addr or "unknown"


def sign_in_page(
    form: SignInForm,
    *,
    status: int = 200,
    sentences: Sequence[str] = (),
    sealed: str = "",
    onward: str = "",
    wait: int | None = None,
) -> Response:
    """Show the sign-in page, with what is carried through it and what is shown to be copied."""
    carried = unpack(sealed, now=now_utc()) if sealed else None
    page = render_template(
        "sign_in/sign_in.html",
        form=form,
        sentences=sentences,
        sealed=sealed if carried else "",
        onward=onward,
        shown=carried if carried and carried.person_id is None else None,
        demo_people=demo_people() if current_app.config["DEMO"] else [],
        demo_password=current_app.config.get("DEMO_PASSWORD"),
    )
    response = make_response(page, status)
    if wait is not None:
        response.headers["Retry-After"] = str(wait)
    return response


def how_it_ended() -> str:
    """Say why somebody with a cookie has to sign in again; nothing to others."""
    former = signing_in.former(former_token())
    if former is None:
        return ""
    if not former.idled_out:
        return "You were signed out."
    hours = current_app.config["IDLE_HOURS"]
    return f"You were signed out after {hours} hour{'s' if hours != 1 else ''} without activity."


@blueprint.get("/sign-in")
@public
def form() -> Response:
    """Ask for e-mail address and password."""
    onward = local_path(request.args.get("next"))
    if me().is_authenticated:
        return redirect(onward or HOME, code=303)
    ended = how_it_ended()
    return sign_in_page(SignInForm(), sentences=[ended] if ended else [], onward=onward)


def _enter(person_id: int, now: datetime) -> None:
    """Make this browser the person's; what the cookie held of anybody else is dropped."""
    token = former_token()
    before = signing_in.former(token)
    if token:
        signing_in.end(token, now=now)
    if before is None or before.person_id != person_id:
        # The same person keeps her form token, so that her other tabs go on working.
        session.clear()
    browser = signing_in.browser_name(request.user_agent.string)
    begun = signing_in.begin(person_id, browser=browser, now=now)
    session.permanent = True
    login_user(load(begun))  # type: ignore[no-untyped-call]


def _arrived(person_id: int, now: datetime) -> Response:
    """Lead on to where she wanted to go, or show what she had typed."""
    carried = unpack(request.form.get("carried", ""), now=now)
    if carried is None:
        return redirect(local_path(request.form.get("next")) or HOME, code=303)
    if carried.person_id not in (None, person_id):
        return redirect(HOME, code=303)
    # Not a redirect: what was typed is too much for a cookie and belongs in no address.
    return make_response(carried_page(carried))


def carried_page(carried: Carried) -> str:
    """Show what somebody typed before she had to sign in."""
    return render_template("sign_in/carried.html", carried=carried, home=HOME)


@blueprint.post("/sign-in")
@public
@reads_first
def sign_in() -> Response:
    """Sign in with e-mail address and password."""
    form, now = SignInForm(), now_utc()
    sealed, onward = request.form.get("carried", ""), local_path(request.form.get("next"))
    if not form.validate():
        return sign_in_page(form, status=422, sealed=sealed, onward=onward)
    email, password = form.email.data or "", form.password.data or ""
    try:
        account = passwords.check(email, password, address=address(), now=now)
    except throttle.TooManyAttempts as refusal:
        form.refuse("", refusal)
        wait = int(refusal.wait.total_seconds()) + 1
        return sign_in_page(form, status=429, sealed=sealed, onward=onward, wait=wait)
    except passwords.WrongPassword as refusal:
        form.refuse("password", refusal)
        return sign_in_page(form, status=422, sealed=sealed, onward=onward)
    renewed = passwords.renewed(account, password)
    lock_for_writing()
    if renewed:
        passwords.store(account.person_id, renewed)
    throttle.forgive(email)
    _enter(account.person_id, now)
    return _arrived(account.person_id, now)


@blueprint.post("/sign-in/demo")
@public
def demo() -> Response:
    """Sign in as one of the made-up people; only a demonstration has any."""
    wanted = request.form.get("person", "")
    person = None
    if current_app.config["DEMO"] and wanted.isdecimal() and len(wanted) < 10:
        person = demo_person(int(wanted))
    if person is None:
        abort(404)
    now = now_utc()
    _enter(person.person_id, now)
    return _arrived(person.person_id, now)


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """Sign this browser out; answers alike when it was signed out already."""
    if token := former_token():
        signing_in.end(token, now=now_utc())
    session.clear()
    flash("You are signed out.", "success")
    return redirect(url_for("sign_in.form"), code=303)
