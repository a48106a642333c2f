"""What happens to a request whose session is over, or whose form token does not fit."""

from __future__ import annotations

from flask import (
    Blueprint,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.accounts.access import login_manager, me
from app.db import SAFE_METHODS, now_utc
from app.sign_in import signing_in
from app.sign_in.carrying import Carried, gather, local_path, pack
from app.sign_in.forms import SignInForm
from app.sign_in.views.sign_in import HOME, former_token, how_it_ended, sign_in_page

blueprint = Blueprint("signed_out", __name__, template_folder="../templates")

SIGNED_OUT = "You are signed out. Sign in, in another tab if you like; your text stays here."
STALE = "This page was open when you signed in again. Load it again; copy your text first."


def _wants_json() -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _empty_form() -> SignInForm:
    """Return a sign-in form that takes nothing from the request, whose fields are another's."""
    return SignInForm(formdata=None)


def _what_is_kept(carried: Carried) -> list[str]:
    sentences = []
    if carried.fields and carried.person_id is not None:
        sentences.append("Sign in and nothing that you typed is lost.")
    elif carried.texts:
        sentences.append("What you typed is below. It is shown once more after you sign in.")
    if carried.left_out:
        names = ", ".join(carried.left_out)
        sentences.append(f"These could not be kept, so choose or type them again: {names}.")
    return sentences


def _keep(carried: Carried) -> ResponseReturnValue:
    """Answer a lost post with the sign-in page, which carries what was typed."""
    sentences = [how_it_ended() or "Your session is over.", *_what_is_kept(carried)]
    worth_it = carried.texts or (carried.others and carried.person_id is not None)
    return sign_in_page(
        _empty_form(),
        status=401,
        sentences=sentences,
        sealed=pack(carried, now=now_utc()) if worth_it else "",
        onward=carried.back,
    )


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def ask_to_sign_in() -> ResponseReturnValue:
    """Answer whoever is not signed in; what was typed is carried through sign-in."""
    if _wants_json():
        return jsonify(error="signed-out", sentence=SIGNED_OUT), 401
    if request.method in SAFE_METHODS:
        path = request.full_path.rstrip("?")
        onward = None if path == HOME else path
        return redirect(url_for("sign_in.form", next=onward), code=303)
    former = signing_in.former(former_token())
    return _keep(gather(request, former.person_id if former else None))


def _needs_sign_in() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "permission", "unnamed") is not None


@blueprint.app_errorhandler(CSRFError)
def stale_form(_error: CSRFError) -> ResponseReturnValue:
    """Refuse a form whose token does not fit, and give back what was typed in it."""
    if _needs_sign_in() and not me().is_authenticated:
        if _wants_json():
            return jsonify(error="signed-out", sentence=SIGNED_OUT), 401
        return _keep(gather(request, None))
    if _wants_json():
        return jsonify(error="stale-form", sentence=STALE), 400
    if request.endpoint == "sign_in.sign_in":
        return _sign_in_again()
    carried = gather(request, None)
    back = carried.back or local_path(request.full_path) or HOME
    page = render_template("sign_in/stale_form.html", carried=carried, back=back)
    return make_response(page, 400)


def _sign_in_again() -> ResponseReturnValue:
    """Show the sign-in page afresh; what it carries goes on with it."""
    form = _empty_form()
    form.email.data = request.form.get("email", "")[:254]
    form.refuse("", "This page was out of date. Enter your password once more.")
    return sign_in_page(
        form,
        status=400,
        sealed=request.form.get("carried", ""),
        onward=local_path(request.form.get("next")),
    )
