"""The built wheel, installed away from the repository: everything is in it that the app and the exports need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from ended_app import ends_with_nothing_lost
from nightly import NIGHTLY
from sample_scenarios import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="paths of POSIX")]

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(*words: object, folder: Path) -> str:
    ended = subprocess.run(
        [*map(str, words)], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=300
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that no earlier build in the repository has a say; nothing is downloaded."""
    copy = tmp_path_factory.mktemp("repository")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for name in ("src", "scenarios"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*history", ".*trash")
        shutil.copytree(ROOT / name, copy / name, symlinks=True, ignore=ignored)
    build = ("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation")
    run(sys.executable, *build, "--wheel-dir", copy / "dist", copy, folder=copy)
    [made] = (copy / "dist").glob("valuemix-*.whl")
    return made


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the programs of a fresh environment that has the wheel, and the libraries of this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    install = ("install", "--quiet", "--no-deps", "--no-index", "--no-compile", wheel)
    run(sys.executable, "-m", "pip", "--python", home / "bin" / "python", *install, folder=home)
    own = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    (Path(own) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def test_the_wheel_holds_every_file_of_the_package_and_the_examples(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src" / "valuemix"
    own = {path.relative_to(package.parent).as_posix() for path in package.rglob("*") if path.is_file()}
    examples = {f"valuemix/examples/{path.name}" for path in (ROOT / "scenarios").glob("[!.]*.*")}
    assert len(examples) >= 6
    wanted = {name for name in own if "__pycache__" not in name} | examples
    assert wanted - held == set()


@pytest.mark.nightly  # by day test_command_line_export.py exports by the source
def test_the_installed_package_exports_its_examples(programs: Path, tmp_path: Path) -> None:
    find = "from importlib.util import find_spec; print(find_spec('valuemix').origin)"
    where = run(programs / "python", "-c", find, folder=tmp_path)
    assert Path(where).is_relative_to(programs.parent)
    run(programs / "valuemix", "examples", folder=tmp_path)
    # The report holds one file of the package, as the wheel does: at night.
    files = [tmp_path / f"board.{kind}" for kind in (("pptx", "html") if NIGHTLY else ("pptx",))]
    for file in files:
        words = ("export", "scenarios/base-case.json", "-o", file)
        run(programs / "valuemix", *words, folder=tmp_path)
    assert min(file.stat().st_size for file in files) > 10_000


@pytest.mark.nightly  # by day test_command_line_app.py ends the app of the source, whose files are those of the wheel
def test_the_installed_app_opens_and_ctrl_c_ends_it_with_nothing_lost(programs: Path, tmp_path: Path) -> None:
    ends_with_nothing_lost(programs / "valuemix", tmp_path, "SIGINT", ENVIRONMENT)
