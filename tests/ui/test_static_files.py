from __future__ import annotations

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.ui import static_files


def _sources(folder: Path, css: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.css").write_bytes(css)
    return folder


def _asset(app: Flask, name: str) -> str:
    with app.test_request_context():
        return str(app.jinja_env.globals["asset"](name))  # type: ignore[operator]


def test_a_changed_file_has_another_name_and_the_same_file_the_same(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    _, first = static_files.build(_sources(tmp_path / "s", b"p{color:red}"), cache)
    _, again = static_files.build(_sources(tmp_path / "s", b"p{color:red}"), cache)
    _, other = static_files.build(_sources(tmp_path / "s", b"p{color:blue}"), cache)
    assert first == again
    assert first["a.css"] != other["a.css"]
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.css", first["a.css"])


def test_many_processes_may_start_at_once(tmp_path: Path) -> None:
    sources, cache = _sources(tmp_path / "s", b"p{color:red}"), tmp_path / "cache"
    with ThreadPoolExecutor(8) as pool:
        built = list(pool.map(lambda _: static_files.build(sources, cache), range(8)))
    assert len({folder for folder, _ in built}) == 1
    assert [path.name for path in cache.iterdir()] == [built[0][0].name]


def test_a_cache_that_cannot_be_made_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder, names = static_files.build(_sources(tmp_path / "s", b"p{}"), tmp_path / "file" / "x")
    assert (folder / names["a.css"]).read_bytes() == b"p{}"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_files_are_served_precompressed_and_for_ever(
    ui_app: Flask, ui_client: FlaskClient, encoding: str
) -> None:
    url = _asset(ui_app, "debrief.css")
    response = ui_client.get(url, headers={"Accept-Encoding": encoding})
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding]
    assert response.headers["Content-Encoding"] == encoding
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert response.mimetype == "text/css"
    assert unpack(response.data) == ui_client.get(url).data


def test_style_sheets_go_without_comments(ui_app: Flask, ui_client: FlaskClient) -> None:
    assert b"/*" not in ui_client.get(_asset(ui_app, "debrief.css")).data


def test_an_unknown_name_fails_loudly(ui_app: Flask) -> None:
    with pytest.raises(KeyError):
        _asset(ui_app, "no-such.css")


def test_another_hash_is_not_found(ui_client: FlaskClient) -> None:
    assert ui_client.get("/static/debrief.000000000000.css").status_code == 404


def test_the_first_visit_is_light(ui_app: Flask, ui_client: FlaskClient) -> None:
    packed = {"Accept-Encoding": "gzip"}
    styles = ("govuk-frontend.css", "debrief.css")
    css = sum(len(ui_client.get(_asset(ui_app, name), headers=packed).data) for name in styles)
    js = len(ui_client.get(_asset(ui_app, "debrief.js"), headers=packed).data)
    assert css < 25_000
    assert js < 12_000
