"""The list of parts keeps to its schema, is the same for the same bundle, and tells what needs what."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from helpers.shipping import ELF, component, lay, step

pytest.importorskip("cyclonedx", reason="the build environment brings it")
pytest.importorskip("packageurl", reason="the build environment brings it")
bill_of_materials = step("bill_of_materials")

NUMPY = "pkg:pypi/numpy@2.0"
PARTS = (
    component("numpy", purl=NUMPY, version="2.0"),
    component("OpenBLAS", purl="pkg:generic/openblas@0.3", brought_by=NUMPY, files=("_internal/libblas.so",)),
    component("soundfile", purl="pkg:pypi/soundfile@0.14", needs=("pkg:pypi/numpy", "pkg:pypi/absent")),
    component("zlib1g", "Zlib", purl="pkg:deb/debian/zlib1g@1:1.2.13?arch=amd64"),
)


@pytest.fixture(autouse=True)
def dated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    lay(tmp_path, "chain-timer", ELF)
    lay(tmp_path, "_internal/libblas.so", ELF + b"blas")
    return tmp_path


def listed(bundle: Path, parts: tuple[Any, ...] = PARTS) -> Any:
    return json.loads(bill_of_materials.text(bundle, parts))


def needs(told: Any) -> dict[str, list[str]]:
    return {each["ref"]: each.get("dependsOn", []) for each in told["dependencies"]}


def test_the_same_bundle_gives_the_same_list(bundle: Path) -> None:
    assert bill_of_materials.text(bundle, PARTS) == bill_of_materials.text(bundle, PARTS)


def test_another_bundle_gives_a_list_of_another_number(bundle: Path) -> None:
    assert listed(bundle)["serialNumber"] != listed(bundle, PARTS[:2])["serialNumber"]


def test_it_has_the_date_of_the_sources(bundle: Path) -> None:
    assert listed(bundle)["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"


def test_it_is_of_the_program(bundle: Path) -> None:
    program = listed(bundle)["metadata"]["component"]
    assert (program["name"], program["version"]) == ("chain-timer", step("places").version())
    assert [each["name"] for each in program["components"]] == ["chain-timer"]


def test_every_part_has_its_license_and_what_others_call_it(bundle: Path) -> None:
    parts = {each["name"]: each for each in listed(bundle)["components"]}
    assert parts["zlib1g"]["licenses"] == [{"expression": "Zlib"}]
    assert {each["purl"].partition("@")[0] for each in parts.values()} == {
        "pkg:pypi/numpy",
        "pkg:generic/openblas",
        "pkg:pypi/soundfile",
        "pkg:deb/debian/zlib1g",
    }


def test_every_library_has_its_sum(bundle: Path) -> None:
    parts = {each["name"]: each for each in listed(bundle)["components"]}
    (file,) = parts["OpenBLAS"]["components"]
    assert file["name"] == "_internal/libblas.so"
    assert file["hashes"][0]["content"] == hashlib.sha256(ELF + b"blas").hexdigest()


def test_a_part_needs_what_it_asks_for_and_what_lies_in_it(bundle: Path) -> None:
    told = needs(listed(bundle))
    assert told["pkg:pypi/soundfile@0.14"] == [NUMPY]
    assert told[NUMPY] == [f"pkg:generic/openblas@0.3 in {NUMPY}"]


def test_the_program_needs_what_it_asks_for_and_all_that_nothing_else_needs(bundle: Path) -> None:
    assert needs(listed(bundle))["chain-timer"] == [
        "pkg:deb/debian/zlib1g@1:1.2.13?arch=amd64",
        NUMPY,
        "pkg:pypi/soundfile@0.14",
    ]


def test_a_part_without_a_version_is_listed_without(bundle: Path) -> None:
    (part,) = listed(bundle, (component("PCRE2", purl="pkg:generic/pcre2", version=""),))["components"]
    assert "version" not in part


def test_its_name_says_version_and_system() -> None:
    assert bill_of_materials.name("1.2.0").startswith("chain-timer-1.2.0-")
    assert bill_of_materials.name("1.2.0").endswith(".cdx.json")
