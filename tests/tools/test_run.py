import os
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the twin for Windows is run.ps1")
STARTED = "started|-P|-m|chain_timer|"


def test_the_first_start_sets_up_and_starts(small_checkout: Any) -> None:
    assert small_checkout.run() == f"set up run .venv|{STARTED}"


def test_the_second_start_only_starts(small_checkout: Any) -> None:
    small_checkout.run()
    assert small_checkout.run() == STARTED


def test_arguments_are_passed_on_as_they_are(small_checkout: Any) -> None:
    small_checkout.run()
    assert small_checkout.run("play", "a b", "", "*", "--hold=45s") == f"{STARTED}play|a b||*|--hold=45s|"


def test_a_change_of_what_is_needed_sets_up_again(small_checkout: Any) -> None:
    small_checkout.run()
    (small_checkout.root / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert small_checkout.run().startswith("set up run")


def test_a_checkout_that_was_moved_sets_up_again(small_checkout: Any) -> None:
    small_checkout.run()
    moved = type(small_checkout)(small_checkout.root.rename(small_checkout.root.with_name("moved")))
    assert moved.run().startswith("set up run")


def test_an_environment_without_its_python_is_set_up_again(small_checkout: Any) -> None:
    small_checkout.run()
    (small_checkout.root / ".venv" / "bin" / "python").unlink()
    assert small_checkout.run().startswith("set up run")


def test_it_can_be_started_through_a_link(small_checkout: Any) -> None:
    small_checkout.run()
    link = small_checkout.root.parent / "bin"
    link.mkdir()
    (link / "run").symlink_to("../a checkout/run")
    assert type(small_checkout)(link).run() == STARTED


def test_without_a_python_it_says_what_to_install(small_checkout: Any) -> None:
    tools = small_checkout.root / "bin"
    tools.mkdir()
    for name in ("sh", "cksum", "cat", "dirname"):
        (tools / name).symlink_to(f"/usr/bin/{name}")
    assert "needs Python 3.11 or newer" in small_checkout.run(PATH=str(tools))


def test_a_set_up_that_fails_starts_nothing(small_checkout: Any) -> None:
    (small_checkout.root / "tools" / "bootstrap.py").write_text("raise SystemExit('no network')")
    assert small_checkout.run() == "no network\n"
