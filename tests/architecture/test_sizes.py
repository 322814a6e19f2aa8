"""Small enough to read: no function over 40 lines, no module over 400, and few broad excepts."""

import ast
from typing import Any

LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
MOST_BROAD_EXCEPTS = 3


def test_no_function_is_over_40_lines(modules: list[Any], tools: list[Any]) -> None:
    long = [
        f"{module.path}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1}"
        for module in [*modules, *tools]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_module_is_over_400_lines(modules: list[Any], tools: list[Any]) -> None:
    sizes = {str(module.path): module.text.count("\n") for module in [*modules, *tools]}
    assert {path: size for path, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_exceptions_are_caught_broadly_at_three_places_at_most(modules: list[Any]) -> None:
    broad = [
        f"{module.path}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or {"Exception"} & {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
        )
    ]
    assert len(broad) <= MOST_BROAD_EXCEPTS, broad
