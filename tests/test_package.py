"""What is installed, how a hint names it, and what a wheel holds."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest

from toolkit import __version__, package

ROOT = Path(__file__).parents[1]
WHEEL = "file:///w/faithful_articles-0.2.0-py3-none-any.whl"
REPOSITORY = {
    "url": "https://host.example/kit",
    "vcs_info": {"vcs": "git", "commit_id": "abc"},
}
EDITABLE = {"url": "file:///home/me/toolkit", "dir_info": {"editable": True}}


class Installed(metadata.Distribution):
    """A distribution that says of itself where it came from."""

    def __init__(self, origin: dict[str, object] | None) -> None:
        self._origin = origin

    def read_text(self, filename: str) -> str | None:
        if filename == "METADATA":
            return "Metadata-Version: 2.4\nName: faithful-articles\nVersion: 0.2.0\n"
        return json.dumps(self._origin) if self._origin else None

    def locate_file(self, path):
        return Path(path)


@pytest.mark.skipif(sys.platform == "win32", reason="quotes and paths are those of POSIX")
@pytest.mark.parametrize(
    ("origin", "kind", "command"),
    [
        (None, "pip", "{python} -m pip install 'faithful-articles[serve]'"),
        (None, "", "uv pip install --python {python} 'faithful-articles[serve]'"),
        (None, "uv-receipt.toml", "uv tool install 'faithful-articles[serve]'"),
        (None, "pipx_metadata.json", "pipx install --force 'faithful-articles[serve]'"),
        (EDITABLE, "pip", "{python} -m pip install -e '/home/me/toolkit[serve]'"),
        (
            {"url": WHEEL, "archive_info": {}},
            "pip",
            f"{{python}} -m pip install 'faithful-articles[serve] @ {WHEEL}'",
        ),
        (
            REPOSITORY,
            "pip",
            "{python} -m pip install 'faithful-articles[serve] @ git+https://host.example/kit@abc'",
        ),
    ],
)
def test_a_hint_installs_what_is_ours_into_the_python_that_runs(
    origin, kind, command, tmp_path, monkeypatch
):
    monkeypatch.setattr(sys, "executable", "/venv/bin/python")
    if "." in kind:
        (tmp_path / kind).touch()
    hint = package._command(Installed(origin), "serve", tmp_path, pip=kind == "pip")
    assert hint == command.format(python="/venv/bin/python")


def test_a_folder_that_was_never_installed_is_installed_from_there():
    assert f"-e '{ROOT}[serve]'" in package._command(None, "serve", ROOT, pip=True)


def test_the_version_is_one():
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (stated["name"], stated["version"]) == ("faithful-articles", __version__)


def test_the_constraints_keep_what_we_say_we_need():
    """A floor above what CI ran would make `make test` impossible."""
    text = (ROOT / "constraints.txt").read_text("utf-8")
    pinned = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)$", text, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needs = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    for need in needs:
        name = re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", need)[0]).lower()
        floor = re.search(r"[>=]=([\d.]+)", need)
        if floor and name in pinned:
            assert version(pinned[name]) >= version(floor[1]), need
    direct = {re.split(r"[\[><=]", need)[0] for need in needs}
    absent = {re.sub(r"[-_.]+", "-", name).lower() for name in direct} - set(pinned)
    assert absent <= {"faithful-articles", "torch", "uv"}


def version(text):
    return tuple(int(part) for part in re.findall(r"\d+", text))


def test_no_hint_names_a_package_of_somebody_else():
    """On the index `toolkit` is a stranger's."""
    texts = [*ROOT.glob("toolkit/**/*.py"), *ROOT.glob("docs/*.md"), ROOT / "README.md"]
    said = {path.name: path.read_text("utf-8") for path in texts}
    bad = [
        name
        for name, text in said.items()
        if "install 'toolkit" in text or "install toolkit" in text
    ]
    assert bad == []


@pytest.mark.slow
def test_a_wheel_has_what_a_first_try_needs_and_nothing_of_the_tests(tmp_path):
    pytest.importorskip("hatchling")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    copy = tmp_path / "copy"
    listed = subprocess.run(
        ["git", "ls-files", "toolkit", "samples", "pyproject.toml", "README.md", "LICENSE",
         "docs/toolkit.1"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("needs a checkout")
    for name in listed.stdout.splitlines():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", build, str(tmp_path)],
        cwd=copy, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    (wheel,) = tmp_path.glob(f"faithful_articles-{__version__}-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        packed.extractall(tmp_path / "site")
    for name in ("toolkit.toml", "memory.tmx", "terms.csv", "articles/captured-soldiers.txt"):
        assert f"toolkit/samples/{name}" in names
    assert {"toolkit/data/settings.toml", "toolkit/py.typed"} <= names
    assert "toolkit/lang/data/uk/facts.toml" in names
    assert not [n for n in names if "expected" in n or "corruptions" in n or n.startswith("tests")]
    empty = tmp_path / "empty"
    empty.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "demo"],
        cwd=empty, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (empty / "demo" / "report.html").is_file()


# --- imports ---------------------------------------------------------------------------------


def _imports(path, modules):
    """The modules of ours that one imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("toolkit."):
            yield from {
                inner if (inner := f"{node.module}.{alias.name}") in modules else node.module
                for alias in node.names
            }


@pytest.mark.parametrize("room", ["terms", "server", "checks", "facts", "labels", "digests"])
def test_no_room_imports_in_a_circle(room):
    """Two modules that need each other are one, or three. For types or in a function as well."""
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (ROOT / "toolkit" / room).rglob("*.py")
    }
    needs = {name: set(_imports(path, modules)) & {*modules} for name, path in modules.items()}
    while free := [name for name, others in needs.items() if not others - {name}]:
        for name in free:
            del needs[name]
        needs = {name: others - {*free} for name, others in needs.items()}
    assert needs == {}
