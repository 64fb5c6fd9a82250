"""What is written is true: docstrings, README, and the files beside it."""

import ast
import inspect
import os
import re
import subprocess
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
import typer

import watchwords
from watchwords import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *ROOT.glob("src/**/*.md")]
    if not path.relative_to(ROOT).parts[0].startswith(".")
)
SECTION = re.compile(r"^([A-Z][A-Za-z ]+)\n-{3,}$", re.MULTILINE)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# Written by runs and by readers of the README, not part of the project.
MADE = ("reports/out/", "reports/my.yml")


def sections(docstring):
    """The sections of a numpydoc docstring by name."""
    parts = SECTION.split(docstring)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def documented(section):
    """Names explained in a section: those of its lines that are not indented."""
    heads = [line for line in section.splitlines() if re.match(r"\*{0,2}\w", line)]
    return [name.strip().lstrip("*") for head in heads for name in head.split(" :")[0].split(",")]


def test_sections_are_read():
    text = "Do.\n\nParameters\n----------\na, b : int\n    More: x.\n*rest\n\nReturns\n-------\nint"
    assert documented(sections(text)["Parameters"]) == ["a", "b", "rest"]
    assert sections(text)["Returns"].strip() == "int"


@pytest.mark.parametrize("name", watchwords.__all__)
def test_public_names_are_there_and_explained(name):
    thing = getattr(watchwords, name)
    text = inspect.getdoc(thing)
    assert text, f"{name} has no docstring"
    assert inspect.isclass(thing) or "Examples" in sections(text), f"{name} has no example"


def test_public_names_are_sorted_and_listed_by_dir():
    assert watchwords.__all__ == sorted(set(watchwords.__all__))
    assert set(watchwords.__all__) <= set(dir(watchwords))
    with pytest.raises(AttributeError, match="has no attribute 'nothing_of_the_sort'"):
        watchwords.nothing_of_the_sort  # noqa: B018  (asking for it is the test)


def definitions():
    """Every function and class of the source, with where it stands."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and ast.get_docstring(node):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def test_documented_parameters_are_the_real_ones():
    offences, n_checked = [], 0
    for where, node in definitions():
        section = sections(ast.get_docstring(node)).get("Parameters")
        if section is None or isinstance(node, ast.ClassDef):
            continue
        a = node.args
        real = [*a.posonlyargs, *a.args, *filter(None, [a.vararg]), *a.kwonlyargs]
        names = [arg.arg for arg in [*real, *filter(None, [a.kwarg])]]
        names = names[1:] if names[:1] in (["self"], ["cls"]) else names
        n_checked += 1
        if documented(section) != names:
            offences.append(f"{where} documents {documented(section)}, takes {names}")
    assert n_checked > 100
    assert not offences, "\n".join(offences)


def test_documented_attributes_are_the_real_ones():
    offences, n_checked = [], 0
    for where, node in definitions():
        section = sections(ast.get_docstring(node)).get("Attributes")
        if section is None or not isinstance(node, ast.ClassDef):
            continue
        fields = {part.target.id for part in node.body if isinstance(part, ast.AnnAssign)}
        # The kind of an exhibit is its class; what is private is nobody's.
        fields -= {"kind", *(name for name in fields if name.startswith("_"))}
        # A property may be listed with them, or have its own docstring only.
        computed = {
            part.name
            for part in node.body
            if isinstance(part, ast.FunctionDef)
            and {"property", "cached_property"} & {ast.unparse(d) for d in part.decorator_list}
        }
        said = set(documented(section)) - {"kind"}
        n_checked += 1
        if said - computed != fields:
            offences.append(f"{where}: {(said - computed) ^ fields} is said or had alone")
    assert n_checked > 10
    assert not offences, "\n".join(offences)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CITATION.cff",
        "LICENSE",
        "notebooks/README.md",
        "reports/README.md",
    ],
)
def test_the_files_that_a_newcomer_looks_for_say_something(name):
    assert len((ROOT / name).read_text(encoding="utf-8")) > 200


def test_the_version_is_one():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = project["version"]
    assert watchwords.__version__ == version
    assert version in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^version: [\"']?{re.escape(version)}[\"']?$", citation, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_paths_named_in_the_readme_are_there():
    tops = "|".join(
        re.escape(path.name)
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".")
    )
    named = set(re.findall(rf"(?<![\w/.-])((?:{tops})/[\w./-]*[\w/])", README))
    assert any(path.startswith("reports/") for path in named)
    gone = [path for path in named if not path.startswith(MADE) and not (ROOT / path).exists()]
    assert sorted(gone) == []


def targets():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z][a-z-]*):[^=\n]*?(?:## (.*))?$", text, re.MULTILINE))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_word_is_a_target(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    words = set(re.findall(r"(?:`|^|&& )make ([a-z][a-z-]*)", text, re.MULTILINE))
    assert words
    assert sorted(words - set(targets())) == []


def test_make_lists_the_targets_a_newcomer_needs():
    wanted = ["setup", "brief", "test", "check", "notebooks", "lab", "benchmarks", "clean"]
    assert [target for target in wanted if not targets().get(target)] == []
    listed = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout
    assert [target for target in wanted if f"make {target}" not in listed] == []


def commands():
    return typer.main.get_command(cli.app).commands


def test_the_readme_names_every_command_and_no_other():
    named = set(re.findall(r"`(?:\.venv/bin/)?watchwords ([a-z][a-z-]*)", README))
    named |= set(re.findall(r"^(?:\.venv/bin/)?watchwords ([a-z][a-z-]*)", README, re.MULTILINE))
    assert named == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_has_help(name):
    command = commands()[name]
    assert command.help
    silent = [p.name for p in command.params if not getattr(p, "help", None)]
    assert silent == []


def test_the_code_of_the_readme_runs_as_written(tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(code.strip().splitlines()) <= 11
    folder = tmp_path / "speeches"
    folder.mkdir()
    for i in range(24):
        day = date(1990, 5, 1) + timedelta(days=365 * i)
        theme = "The navy keeps the sea." if i < 12 else "The internet joins interstate commerce."
        text = f"Speech number {i + 1}\n\n" + f"{theme} Peace is our aim. " * 5
        (folder / f"{day.isoformat()}.txt").write_text(text, encoding="utf-8")
    strict = ["-W", "error", "-X", "utf8"]
    run = subprocess.run(
        [sys.executable, *strict, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
