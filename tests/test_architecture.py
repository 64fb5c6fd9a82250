"""The rules of the house, read off the syntax trees of the source.

Each test lists its offences as "file:line what", so that a failure says where to go.
"""

import ast
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "watchwords"

# A part of the package imports only parts of floors below its own; on the ground floor the parts
# may import each other, but not in a circle.
FLOORS = (
    (
        *("schema", "errors", "periods", "intervals", "fdr", "scores", "rates", "floors", "fonts"),
        "events",
        "plurals",
        "wording",
        "spreadsheets",
    ),
    ("tokens",),
    ("read", "clean", "terms", "concepts", "topics", "trends", "charts"),
    ("simulate", "scale", "corpora"),
    ("briefs", "explore", "cli_count", "cli_show", "cli_warm"),
    ("cli",),
    ("__main__",),
)
FLOOR = {part: floor for floor, parts in enumerate(FLOORS) for part in parts}
# Charts draw tables: they may ask what a column or a period is called, not count anything.
CHARTS_MAY_IMPORT = {"charts", "errors", "floors", "fonts", "intervals", "periods", "schema"}
DRAWS = ("charts", "explore")
COMPUTES = ("gensim", "scipy", "sklearn", "statsmodels")
HEAVY = (
    *(
        "distributed",
        "docx",
        "gensim",
        "lxml",
        "matplotlib",
        "numba",
        "numpy",
        "openpyxl",
        "pandas",
    ),
    *("papermill", "pypdf", "scipy", "sklearn", "trafilatura"),
)

MAX_LINES = 399
MAX_STATEMENTS = 40
MAX_POSITIONAL = 3
MAX_PARAMETERS = 10
UNSAFE_MODULES = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__", "input", "breakpoint"}
UNSAFE_METHODS = {"read_pickle", "to_pickle"}
CLOCKS = {"now", "today", "utcnow"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """One source file and what can be read off it."""

    path: Path

    @cached_property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self):
        return ast.parse(self.text)

    @cached_property
    def nodes(self):
        return list(ast.walk(self.tree))

    @property
    def name(self):
        return self.path.relative_to(SOURCE).as_posix()

    @property
    def part(self):
        """The first name below the package: a folder or a module."""
        return self.path.relative_to(SOURCE).parts[0].removesuffix(".py")

    def at(self, node, what):
        return f"{self.name}:{getattr(node, 'lineno', 1)} {what}"

    @cached_property
    def imports(self):
        """Pairs of node and full dotted name, relative imports resolved."""
        found = []
        package = ("watchwords", *self.path.relative_to(SOURCE).parts[:-1])
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found += [(node, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else ()
                stem = ".".join([*base, *filter(None, [node.module])])
                found += [(node, f"{stem}.{alias.name}") for alias in node.names]
        return found

    @cached_property
    def functions(self):
        return [node for node in self.nodes if isinstance(node, FUNCTIONS)]

    @cached_property
    def classes(self):
        return [node for node in self.nodes if isinstance(node, ast.ClassDef)]

    @cached_property
    def calls(self):
        return [node for node in self.nodes if isinstance(node, ast.Call)]


MODULES = [Module(path) for path in sorted(SOURCE.rglob("*.py"))]
PACKAGE = next(module for module in MODULES if module.name == "__init__.py")
PARTS = [module for module in MODULES if module is not PACKAGE]


def own_part(dotted):
    """ "scores" for "watchwords.scores.Scores", "" for the package itself, None for others."""
    names = dotted.split(".")
    if names[0] != "watchwords":
        return None
    return names[1] if len(names) > 1 and names[1] in FLOOR else ""


def called(node):
    """The last name of what is called, and whether it stands alone."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr, False
    return getattr(node.func, "id", ""), True


def is_decorated(function, *names):
    return any(
        part.attr in names if isinstance(part, ast.Attribute) else part.id in names
        for decorator in function.decorator_list
        for part in ast.walk(decorator)
        if isinstance(part, ast.Attribute | ast.Name)
    )


def test_there_is_a_house_to_look_at():
    assert len(MODULES) > 50
    assert {"schema", "tokens", "terms", "topics", "trends", "charts", "briefs", "cli"} <= {
        module.part for module in MODULES
    }


def test_every_part_has_a_floor():
    homeless = sorted({module.part for module in PARTS} - set(FLOOR))
    assert homeless == [], "give it a place in FLOORS"


def test_imports_go_down():
    offences = []
    for module in PARTS:
        for node, dotted in module.imports:
            part = own_part(dotted)
            ground = FLOOR[module.part] == 0 and part in FLOORS[0]
            if not part or part == module.part or ground:
                continue
            if FLOOR[part] >= FLOOR[module.part]:
                offences.append(module.at(node, f"imports {dotted}"))
    assert not offences, "\n".join(offences)


def test_the_ground_floor_goes_in_no_circle():
    below = {part: set() for part in FLOORS[0]}
    for module in PARTS:
        if FLOOR[module.part] == 0:
            below[module.part] |= {own_part(dotted) for _, dotted in module.imports}
    below = {part: {b for b in others if b and b != part} for part, others in below.items()}
    while free := [part for part, others in below.items() if not others]:
        below = {part: others - set(free) for part, others in below.items() if part not in free}
    assert below == {}


def test_only_the_upper_floors_know_the_package_by_name():
    # "import watchwords" deep inside would make a circle that only laziness hides.
    offences = [
        module.at(node, f"imports {dotted}")
        for module in PARTS
        for node, dotted in module.imports
        if own_part(dotted) == "" and FLOOR[module.part] < FLOOR["briefs"]
    ]
    assert not offences, "\n".join(offences)


def test_the_package_itself_imports_nothing_of_its_own():
    assert [dotted for _, dotted in PACKAGE.imports if own_part(dotted) is not None] == []


def test_private_names_stay_in_their_folder():
    offences = []
    for module in MODULES:
        for node, dotted in module.imports:
            private = any(n.startswith("_") and not n.startswith("__") for n in dotted.split("."))
            if private and own_part(dotted) not in (None, module.part):
                offences.append(module.at(node, f"imports {dotted}"))
    assert not offences, "\n".join(offences)


def test_charts_ask_no_stage_how_a_number_is_made():
    offences = [
        module.at(node, f"imports {dotted}")
        for module in MODULES
        if module.part == "charts"
        for node, dotted in module.imports
        if dotted.split(".")[0] in COMPUTES
        or (own_part(dotted) is not None and own_part(dotted) not in CHARTS_MAY_IMPORT)
    ]
    assert not offences, "\n".join(offences)


def test_only_charts_and_the_widget_draw():
    offences = [
        module.at(node, f"imports {dotted}")
        for module in MODULES
        if module.part not in DRAWS
        for node, dotted in module.imports
        if dotted.split(".")[0] in ("matplotlib", "pylab", "mpl_toolkits")
    ]
    assert not offences, "\n".join(offences)


def test_nothing_is_shown_and_no_figure_is_kept_by_pyplot():
    offences = []
    for module in MODULES:
        offences += [
            module.at(node, f"imports {dotted}")
            for node, dotted in module.imports
            if dotted.startswith("matplotlib.pyplot") and module.part != "explore"
        ]
        offences += [
            module.at(node, "shows a figure")
            for node in module.calls
            if called(node) == ("show", False) and module.part in DRAWS
        ]
    assert not offences, "\n".join(offences)


def test_nothing_is_printed():
    offences = [
        module.at(node, "prints")
        for module in MODULES
        for node in module.calls
        if called(node) == ("print", True)
    ]
    assert not offences, "\n".join(offences)


def test_nothing_that_is_read_can_run():
    offences = []
    for module in MODULES:
        offences += [
            module.at(node, f"imports {dotted}")
            for node, dotted in module.imports
            if dotted.split(".")[0] in UNSAFE_MODULES
        ]
        for node in module.calls:
            name, alone = called(node)
            if (alone and name in UNSAFE_CALLS) or name in UNSAFE_METHODS:
                offences.append(module.at(node, f"calls {name}"))
            offences += [
                module.at(node, f"sets {word.arg}")
                for word in node.keywords
                if word.arg in ("allow_pickle", "shell")
                and not (isinstance(word.value, ast.Constant) and word.value.value is False)
            ]
    assert not offences, "\n".join(offences)


def test_today_and_chance_are_arguments():
    # Only a run knows what time it is; below that the same input gives the same bytes.
    offences = []
    for module in PARTS:
        offences += [
            module.at(node, "imports random")
            for node, dotted in module.imports
            if dotted.split(".")[0] == "random"
        ]
        for node in module.calls:
            name, _ = called(node)
            if name in CLOCKS and FLOOR[module.part] < FLOOR["briefs"]:
                offences.append(module.at(node, f"asks for {name}()"))
            if name == "default_rng" and not (node.args or node.keywords):
                offences.append(module.at(node, "draws without a seed"))
            if ast.unparse(node.func) in ("np.random.seed", "numpy.random.seed"):
                offences.append(module.at(node, "seeds the whole process"))
    assert not offences, "\n".join(offences)


def test_modules_are_short():
    lengths = {module.name: len(module.text.splitlines()) for module in MODULES}
    assert {name: n for name, n in lengths.items() if n > MAX_LINES} == {}


def n_statements(function):
    """Statements of a function's body; a function within is counted on its own."""
    n = 0
    waiting = function.body[ast.get_docstring(function) is not None :]
    while waiting:
        node = waiting.pop()
        n += 1
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            waiting += list(_inner_statements(node))
    return n


def _inner_statements(node):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.excepthandler | ast.match_case):
            yield from child.body


@pytest.mark.parametrize(
    ("code", "n"),
    [
        ("def f():\n    '''Doc.'''\n    a = 1\n    return a", 2),
        ("def f():\n    if a:\n        b\n    else:\n        c\n        d", 4),
        ("def f():\n    try:\n        a\n    except E:\n        b\n    finally:\n        c", 4),
        (
            "def f():\n  match a:\n    case 1:\n      b\n    case _:\n      c",
            3,
        ),
        ("def f():\n    with a:\n        def g():\n            b\n            c", 2),
    ],
)
def test_statements_are_counted(code, n):
    assert n_statements(ast.parse(code).body[0]) == n


# Loops over tokens are written out: what they would call costs more than what it says.
CALLED = [module for module in MODULES if not module.name.endswith("kernels.py")]


def test_functions_are_short():
    offences = [
        module.at(function, f"{function.name} has {n_statements(function)} statements")
        for module in CALLED
        for function in module.functions
        if n_statements(function) > MAX_STATEMENTS
    ]
    assert not offences, "\n".join(offences)


def parameters(function):
    """Positional and keyword-only parameters, without self and cls."""
    a = function.args
    positional = [arg.arg for arg in (*a.posonlyargs, *a.args)]
    if positional[:1] in (["self"], ["cls"]):
        positional = positional[1:]
    return positional, [arg.arg for arg in a.kwonlyargs]


def test_functions_take_few_parameters_and_options_by_name():
    offences = []
    for module in CALLED:
        for function in module.functions:
            positional, options = parameters(function)
            if len(positional) > MAX_POSITIONAL and not is_command(module, function):
                what = f"{function.name} takes {len(positional)} positional parameters"
                offences.append(module.at(function, what))
            if len(positional) + len(options) > MAX_PARAMETERS:
                what = f"{function.name} takes {len(positional + options)} parameters"
                offences.append(module.at(function, what))
    assert not offences, "\n".join(offences)


def test_results_are_frozen():
    offences = []
    for module in MODULES:
        for node in module.classes:
            for decorator in node.decorator_list:
                source = ast.unparse(decorator)
                if "dataclass" in source and "frozen=True" not in source:
                    offences.append(module.at(node, f"{node.name} is a dataclass that can change"))
    assert not offences, "\n".join(offences)


def test_there_are_no_base_classes():
    offences = []
    for module in MODULES:
        own = {node.name for node in module.classes}
        own |= {name.split(".")[-1] for _, name in module.imports if own_part(name) is not None}
        offences += [
            module.at(node, f"{node.name} inherits from {base.id}")
            for node in module.classes
            for base in node.bases
            if isinstance(base, ast.Name) and base.id in own and not base.id.endswith("Error")
        ]
    assert not offences, "\n".join(offences)


def public_definitions(module):
    """Public functions and classes, and the public methods of public classes."""
    for node in module.tree.body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    inner
                    for inner in node.body
                    if isinstance(inner, FUNCTIONS) and not inner.name.startswith("_")
                )


def handed_on():
    """Names that the folders of the package hand on: what a user meets, as (module, name)."""
    return {
        tuple(dotted.removeprefix("watchwords.").rsplit(".", 1))
        for module in PARTS
        if module.path.name == "__init__.py"
        for _, dotted in module.imports
        if own_part(dotted) == module.part
    }


def is_command(module, node):
    """A command of the command line is explained by its help."""
    decorated = module.part == "cli" and is_decorated(node, "command", "callback")
    return decorated or (module.part, node.name) in {
        ("cli_count", "count"),
        ("cli_show", "concordance"),
        ("cli_show", "samples"),
        ("cli_warm", "warm"),
    }


def missing_sections(node):
    """What the docstring of a definition lacks, beyond being there."""
    text = ast.get_docstring(node) or ""
    if isinstance(node, ast.ClassDef) or is_decorated(node, "property", "cached_property"):
        return []
    positional, options = parameters(node)
    takes = positional or options or node.args.vararg or node.args.kwarg
    returns = node.returns is not None and ast.unparse(node.returns) not in ("None", "NoReturn")
    lacking = []
    if takes and "Parameters\n----------" not in text:
        lacking.append("Parameters")
    if returns and "Returns\n-------" not in text and "Yields\n------" not in text:
        lacking.append("Returns")
    return lacking


def test_what_is_public_has_a_docstring():
    silent = [
        module.at(node, node.name)
        for module in MODULES
        for node in public_definitions(module)
        if not ast.get_docstring(node)
    ]
    assert not silent, "\n".join(silent)


def test_what_a_user_meets_has_its_parameters_and_results_explained():
    # Elsewhere, in the tiny functions of one folder, a sentence is enough.
    offered = handed_on()
    assert ("topics.fit", "fit_topics") in offered
    offences = []
    for module in MODULES:
        dotted = module.name.removesuffix(".py").replace("/", ".")
        alone = "/" not in module.name
        for top in module.tree.body:
            if not (alone or (dotted, getattr(top, "name", "")) in offered):
                continue
            offences += [
                module.at(node, f"{node.name} lacks {lack}")
                for node in public_definitions(module)
                if (node is top or node in getattr(top, "body", []))
                and not is_command(module, node)
                for lack in missing_sections(node)
            ]
    assert not offences, "\n".join(offences)


def test_every_module_says_what_it_is():
    silent = [module.name for module in MODULES if not ast.get_docstring(module.tree)]
    assert not silent, "\n".join(silent)


def loaded_by(code):
    """Which heavy packages a fresh interpreter has after running a line of code."""
    script = f"import json, sys; {code}; sys.stdout.write(json.dumps(list(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(SOURCE.parent)}
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    modules = {name.split(".")[0] for name in json.loads(run.stdout)}
    return sorted(modules & set(HEAVY))


@pytest.mark.parametrize("code", ["import watchwords; dir(watchwords)", "import watchwords.cli"])
def test_importing_is_light(code):
    assert loaded_by(code) == []
