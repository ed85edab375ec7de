"""Sizes: what no longer fits on a screen is split while it is small."""

import ast
from statistics import median, quantiles

from tests.house.house import ROOT, SOURCES, files, named

MODULES = files(SOURCES, ".py")
TESTS = files(ROOT / "tests", ".py")
TEMPLATES = files(SOURCES, ".html")
STYLES = files(SOURCES, ".css")
SCRIPTS = [path for path in files(SOURCES / "web" / "static", ".js") if "vendor" not in path.parts]


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(paths):
    """Every function by file and name, with the number of its lines."""
    return {
        f"{named(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def above(limit, sizes):
    return {name: size for name, size in sizes.items() if size > limit}


def test_no_function_has_more_than_sixty_lines():
    assert above(60, functions(MODULES)) == {}


def test_a_function_has_fewer_than_nine_lines_at_the_median_and_nine_in_ten_fewer_than_thirty():
    sizes = functions(MODULES).values()

    middle, high = median(sizes), quantiles(sizes, n=10)[-1]

    assert middle < 9
    assert high < 30


def test_no_module_has_more_than_five_hundred_lines():
    assert above(500, {named(path): lines(path) for path in MODULES}) == {}


def test_nine_modules_in_ten_have_fewer_than_three_hundred_lines():
    sizes = [lines(path) for path in MODULES]

    assert quantiles(sizes, n=10)[-1] < 300


def test_no_story_of_a_test_has_more_than_sixty_lines():
    assert above(60, functions(TESTS)) == {}


def test_templates_styles_and_scripts_stay_small():
    assert above(120, {named(path): lines(path) for path in TEMPLATES}) == {}
    assert above(200, {named(path): lines(path) for path in STYLES}) == {}
    assert sum(lines(path) for path in STYLES) <= 2500
    assert above(400, {named(path): lines(path) for path in SCRIPTS}) == {}
    assert sum(lines(path) for path in SCRIPTS) <= 700
