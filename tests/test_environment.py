"""One list of packages: pyproject.toml leads, environment.yml and constraints.txt follow."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PYTHONS = ("3.11", "3.12", "3.13")

# What the source imports although another declared package brings it.
COMES_WITH = {
    "ipython": "ipykernel",
    "llvmlite": "numba",
    "lxml": "trafilatura",
    "markupsafe": "jinja2",
}


def bounds(requirements):
    """Names with their bounds, in one spelling."""
    parsed = map(Requirement, requirements)
    return {canonicalize_name(r.name): (r.specifier, frozenset(r.extras)) for r in parsed}


@pytest.fixture(scope="module")
def environment():
    return YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def constraint_lines():
    return (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def pins(constraint_lines):
    return [Requirement(line) for line in constraint_lines if line and not line.startswith("#")]


def split_environment(environment):
    conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    (pip,) = (entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict))
    return conda, pip


def test_conda_and_pip_get_the_same_packages_and_bounds(environment):
    conda, pip = split_environment(environment)
    tools = {"python", "pip"}
    listed = [entry for entry in conda if Requirement(entry).name not in tools]
    listed += [entry for entry in pip if entry != "--editable ."]
    assert bounds(listed) == bounds([*PROJECT["dependencies"], *EXTRAS["sample"]])
    assert len(listed) == len(bounds(listed)), "a package is listed twice"


def test_the_environment_installs_this_package_from_conda_forge_alone(environment):
    conda, pip = split_environment(environment)
    assert environment["channels"] == ["conda-forge"]
    assert environment["name"] == PROJECT["name"]
    assert "pip" in conda
    assert pip[-1] == "--editable ."


def test_all_name_the_same_pythons(environment):
    conda, _ = split_environment(environment)
    python = next(Requirement(entry) for entry in conda if Requirement(entry).name == "python")
    assert python.specifier == SpecifierSet(PROJECT["requires-python"])
    offered = [f"3.{minor}" for minor in range(20) if f"3.{minor}" in python.specifier]
    assert offered == list(PYTHONS)
    classified = [c.split(" :: ")[-1] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d", c)]
    assert classified == offered


def test_constraints_are_plain_pins(constraint_lines):
    body = [line for line in constraint_lines if not line.startswith("#")]
    plain = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.+]*( ; python_version .+)?")
    assert [line for line in body if not plain.fullmatch(line)] == []
    assert body == sorted(body, key=str.upper)
    text = "\n".join(constraint_lines)
    assert "://" not in text
    assert "--hash" not in text
    assert "pip install" in text, "the head says how the file is remade"


def test_a_package_has_one_pin_for_each_python(pins):
    for version in PYTHONS:
        names = [
            canonicalize_name(pin.name)
            for pin in pins
            if not pin.marker or pin.marker.evaluate({"python_version": version})
        ]
        assert len(names) == len(set(names)), version


def test_pins_lie_within_the_bounds(pins):
    pinned = {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in pins}
    asked = bounds([*PROJECT["dependencies"], *EXTRAS["sample"], *EXTRAS["dev"]])
    assert {name for name in asked if name not in pinned} == set()
    outside = [name for name, (specifier, _) in asked.items() if pinned[name] not in specifier]
    assert outside == []


def closure(requirements):
    """All packages that requirements bring here, found in the installed packages."""
    found, missing = set(), set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = frozenset(requirement.extras)
        if (name, extras) in found or name in missing:
            continue
        try:
            brought = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            missing.add(name)
            continue
        found.add((name, extras))
        for text in brought:
            inner = Requirement(text)
            wanted = [{"extra": extra} for extra in ("", *sorted(extras))]
            if not inner.marker or any(inner.marker.evaluate(extra) for extra in wanted):
                waiting.append(inner)
    return {name for name, _ in found}, missing


def test_everything_that_is_brought_is_pinned(pins):
    everything = [*PROJECT["dependencies"], *EXTRAS["sample"], *EXTRAS["dev"]]
    brought, missing = closure(everything)
    assert missing == set(), "install the project with its extras: make setup"
    assert sorted(brought - {canonicalize_name(pin.name) for pin in pins}) == []


def imported_packages():
    """Distributions that the source imports, with a file that does."""
    homes = metadata.packages_distributions()
    found = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            for top in {name.split(".")[0] for name in names} - {"watchwords"}:
                if top not in sys.stdlib_module_names:
                    for distribution in homes.get(top, [top]):
                        found.setdefault(canonicalize_name(distribution), path.name)
    return found


def test_what_is_imported_is_declared():
    asked = [*PROJECT["dependencies"], *EXTRAS["sample"], *EXTRAS["scale"]]
    declared = set(bounds(asked))
    undeclared = {
        name: where
        for name, where in imported_packages().items()
        if name not in declared and COMES_WITH.get(name) not in declared
    }
    assert undeclared == {}


def test_set_up_uses_the_pins():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"--constraint constraints\.txt", makefile)
