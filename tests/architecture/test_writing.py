"""Files are opened for writing in chain_timer/system/files.py alone: there a file is whole or not there."""

import ast
from typing import Any

import pytest

HERE = "chain_timer.system.files"
# Copying and moving write too; sqlite3 and logging look after their own files.
WRITERS = {
    "os.mkfifo",
    "shutil.copy",
    "shutil.copy2",
    "shutil.copyfile",
    "shutil.copytree",
    "shutil.move",
    "tempfile.NamedTemporaryFile",
    "tempfile.mkstemp",
}
WRITING_METHODS = {"write_text", "write_bytes", "touch"}
WRITING_FLAGS = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC"}


def writes(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name in WRITERS or method in WRITING_METHODS:
        return True
    if name in {"wave.open", "os.open"} or "open" not in {name, method}:
        return False  # a wave is written into memory here; the flags of os.open are looked for below
    if call.args and ast.unparse(call.args[0]).startswith(("os.dup(", "os.devnull")):
        return False  # neither what is open already nor nothing at all is a file
    place = 1 if name in {"open", "io.open"} else 0
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] or call.args[
        place : place + 1
    ]
    return any(not isinstance(m, ast.Constant) or set(str(m.value)) & set("wax+") for m in modes)


def calls(source: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(source) if isinstance(node, ast.Call)]


def test_nothing_else_opens_a_file_for_writing(modules: list[Any]) -> None:
    strays = [
        f"{module.path}:{call.lineno} {ast.unparse(call)[:60]}"
        for module in modules
        for call in calls(module.tree)
        if module.name != HERE and writes(call)
    ]
    assert strays == []


def test_nothing_else_uses_the_flags_for_writing(modules: list[Any]) -> None:
    strays = [
        f"{module.path}:{node.lineno} {node.attr}"
        for module in modules
        for node in set(ast.walk(module.tree)) - within_opening_nothing(module.tree)
        if module.name != HERE and isinstance(node, ast.Attribute) and node.attr in WRITING_FLAGS
    ]
    assert strays == []


def within_opening_nothing(tree: ast.AST) -> set[ast.AST]:
    nothing = [c for c in calls(tree) if ast.unparse(c).startswith("os.open(os.devnull")]
    return {node for call in nothing for node in ast.walk(call)}


@pytest.mark.parametrize(
    "source",
    [
        "open(p, 'w')",
        "open(p, mode='ab')",
        "open(p, m)",
        "p.open('x')",
        "p.open(mode='r+')",
        "p.write_text(t)",
        "shutil.move(a, b)",
    ],
)
def test_every_way_to_write_is_seen(source: str) -> None:
    assert writes(calls(ast.parse(source))[0])


@pytest.mark.parametrize("source", ["open(p)", "open(p, 'rb')", "p.open()", "p.open('r')", "p.read_text()"])
def test_reading_is_not_taken_for_writing(source: str) -> None:
    assert not writes(calls(ast.parse(source))[0])
