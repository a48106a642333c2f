"""Static files: named by their hash, precompressed, cached for ever, served by WhiteNoise."""

from __future__ import annotations

import atexit
import gzip
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

import brotli
from flask import Flask, request
from whitenoise import WhiteNoise  # type: ignore[import-untyped]
from whitenoise.responders import Headers  # type: ignore[import-untyped]

SOURCES = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"

_CSS_COMMENT = re.compile(rb"/\*(?!!).*?\*/\s*", re.DOTALL)


def _contents(path: Path) -> bytes:
    """Return what is served for `path`: style sheets go without their comments."""
    content = path.read_bytes()
    return _CSS_COMMENT.sub(b"", content) if path.suffix == ".css" else content


def hashed_name(name: str, content: bytes) -> str:
    """Return `name` with the hash of `content` before its suffix."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"


def _write(folder: Path, name: str, content: bytes) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
    smallest = brotli.compress(content, quality=11)  # type: ignore[no-untyped-call]
    target.with_name(target.name + ".br").write_bytes(smallest)


def _usable(cache: Path) -> Path:
    """Return `cache`, or a private folder for this process where that one cannot be written."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        if os.access(cache, os.W_OK):
            return cache
    except OSError:
        pass
    private = tempfile.mkdtemp(prefix="debrief-static-")
    atexit.register(shutil.rmtree, private, ignore_errors=True)
    return Path(private)


def build(sources: Path, cache: Path) -> tuple[Path, dict[str, str]]:
    """Write the hashed and compressed files once; return their folder and name by source name.

    Several processes may start together: each writes into a folder of its own and the
    first to rename it wins.
    """
    files = {
        path.relative_to(sources).as_posix(): _contents(path)
        for path in sorted(sources.rglob("*"))
        if path.is_file()
    }
    names = {name: hashed_name(name, content) for name, content in files.items()}
    digest = hashlib.sha256("\n".join(names.values()).encode()).hexdigest()[:16]
    cache = _usable(cache)
    final = cache / digest
    if not final.is_dir():
        making = Path(tempfile.mkdtemp(prefix="making-", dir=cache))
        making.chmod(0o755)
        for name, content in files.items():
            _write(making, names[name], content)
        try:
            making.rename(final)
        except OSError:
            shutil.rmtree(making)
    return final, names


def _headers(headers: Headers, _path: str, _url: str) -> None:
    headers["Cache-Control"] = FOR_EVER
    headers["X-Content-Type-Options"] = "nosniff"


def init_app(app: Flask, cache: Path) -> None:
    """Serve the static files under /static/ and give templates `asset(name)`."""
    folder, names = build(SOURCES, cache)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix="static/",
        allow_all_origins=False,
        add_headers_function=_headers,
    )

    def asset(name: str) -> str:
        """Return the address of the static file `name`."""
        return f"{request.script_root}/static/{names[name]}"

    app.jinja_env.globals["asset"] = asset
