"""The wheel holds what runs and nothing else, and what it holds runs by itself."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from plenary.build_hook import assets
from tests.served import ROOT, free_port, serving

# What may lie where, by the end of its name; the longest beginning that fits counts. A wheel is
# fetched by every installation: what is for whoever reads or changes the source stays there.
KINDS = {
    "plenary/": {".py", ".toml"},
    "plenary/front/": {".py", ".json"},
    "plenary/locale/": {".mo"},
    "plenary/sample/": {".py", ".csv", ".toml"},
    "plenary/_assets/static/": {".css", ".js", ".svg"},
    "plenary/_assets/templates/": {".atom", ".html", ".ics", ".md", ".txt", ".xml"},
}
# Bytes, compressed: 1,361,000 were a quarter picture and catalogues that nobody reads at run time.
# What runs takes 1,110,000; the rest is room for the next rooms of the house.
MOST = 1_250_000

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    with ZipFile(path) as held:
        yield held


def test_the_wheel_holds_no_more_than_what_is_needed_at_run_time(wheel: ZipFile) -> None:
    ballast = [
        name
        for name in wheel.namelist()
        if ".dist-info/" not in name and PurePosixPath(name).suffix not in _kinds_at(name)
    ]
    assert ballast == []
    assert Path(wheel.filename or "").stat().st_size <= MOST


def _kinds_at(name: str) -> set[str]:
    return KINDS[max((start for start in KINDS if name.startswith(start)), key=len)]


def test_the_wheel_holds_every_file_that_is_served_rendered_or_read(wheel: ZipFile) -> None:
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "plenary").rglob("*.py")}
    catalogues = {
        path.relative_to(ROOT).with_suffix(".mo").as_posix()
        for path in (ROOT / "plenary" / "locale").rglob("*.po")
    }
    needed = (code - {"plenary/build_hook.py"}) | catalogues | set(assets(ROOT).values())
    assert needed - set(wheel.namelist()) == set()


def test_a_body_is_formed_and_served_in_french_from_the_wheel_alone(
    wheel: ZipFile, tmp_path: Path
) -> None:
    """Beside its dependencies, and away from the checkout: migrations, templates, `.mo`, files."""
    packages, port = tmp_path / "packages", free_port()
    wheel.extractall(packages)
    settings = {
        "PYTHONPATH": str(packages), "PLENARY_DATA": str(tmp_path / "var"), "PLENARY_WORKER": "0",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'plenary.sqlite3'}", "PLENARY_DEMO": "0",
        "SECRET_KEY": "only for a wheel, and long enough for it",
        "BASE_URL": f"http://127.0.0.1:{port}", "SMTP_URL": "",
    }  # fmt: skip
    form = [
        "-m", "plenary", "init", "--name", "Harbour Council", "--symbol", "HC", "--zone",
        "Europe/Paris", "--admin", "clerk@example.org",
    ]  # fmt: skip
    where = ["-c", "import plenary; print(plenary.__file__)"]
    assert _run(where, tmp_path, settings).startswith(str(packages))
    _run(form, tmp_path, settings)
    log = tmp_path / "served.log"
    with serving(["plenary", "serve"], settings, port, log, folder=tmp_path) as served:
        page = _read(f"{served.base}/fr/proposals")
        assert 'lang="fr"' in page
        assert "Propositions" in page
        assert "htmx" in _read(f"{served.base}/static/vendor/htmx.min.js")


def _run(words: list[str], folder: Path, settings: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _read(address: str) -> str:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(address, timeout=30) as answer:
        return str(answer.read().decode())
