"""The list of parts (SBOM) of a bundle, for programs to read: CycloneDX 1.6, https://cyclonedx.org/.

The same bundle gives the same file: its number is made from what is in it, its date is that of the sources.
"""

import hashlib
import json
import platform
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Part
from cyclonedx.model.component import ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from places import BUNDLE, ROOT, epoch, version
from project_facts import facts

from parts.component import Component
from parts.license_texts import canonical
from parts.origin_wheels import is_native
from parts.shipped import shipped

_SYSTEMS: Mapping[str, str] = {"win32": "windows", "darwin": "macos"}
_MACHINES: Mapping[str, str] = {"amd64": "x86_64"}
_NUMBERS = uuid.uuid5(uuid.NAMESPACE_DNS, "chain-timer")


class InvalidListError(Exception):
    """The list is not as CycloneDX wants it; the text says where."""


def make(out: Path) -> list[Path]:
    """Write the list of the bundle that was built before."""
    path = out / name(version())
    path.write_text(text(BUNDLE, shipped(BUNDLE)), encoding="utf-8")
    return [path]


def name(program_version: str) -> str:
    """Give the file's name, which says for which system the bundle is."""
    machine = platform.machine().lower()
    system = _SYSTEMS.get(sys.platform, "linux")
    return f"chain-timer-{program_version}-{system}-{_MACHINES.get(machine, machine)}.cdx.json"


def text(bundle: Path, components: Sequence[Component]) -> str:
    """Make the list, and see that it keeps to the schema. Raises InvalidListError."""
    written = _written(_bill(bundle, components, number=None))
    number = uuid.uuid5(_NUMBERS, hashlib.sha256(written.encode()).hexdigest())
    written = _written(_bill(bundle, components, number=number))
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(written)
    if wrong is not None:
        raise InvalidListError(f"the list of parts does not keep to its schema: {wrong}")
    return written


def _bill(bundle: Path, components: Sequence[Component], *, number: uuid.UUID | None) -> Bom:
    parts = {_key(each): _part(each, bundle) for each in components}
    bill = Bom(serial_number=number or _NUMBERS, components=parts.values())
    bill.metadata.timestamp = datetime.fromtimestamp(epoch(), UTC)
    bill.metadata.component = program = _program(bundle)
    links = dict(_links(components))
    for component in components:
        bill.register_dependency(parts[_key(component)], [parts[key] for key in links[_key(component)]])
    bill.register_dependency(program, [parts[key] for key in _direct(components, links)])
    return bill


def _written(bill: Bom) -> str:
    told = json.loads(JsonV1Dot6(bill).output_as_string())
    return json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _program(bundle: Path) -> Part:
    about = facts()
    executables = [path for path in sorted(bundle.iterdir()) if path.is_file() and is_native(path)]
    return Part(
        name="chain-timer",
        version=version(),
        type=ComponentType.APPLICATION,
        bom_ref="chain-timer",
        description=about.summary,
        purl=PackageURL("generic", None, "chain-timer", version()),
        licenses=[LicenseExpression("MIT")],
        external_references=[
            ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(about.homepage))
        ],
        components=[_file(path, bundle, "chain-timer") for path in executables],
    )


def _part(component: Component, bundle: Path) -> Part:
    key = _key(component)
    told = {
        "known by": component.known,
        "brought by": component.brought_by,
        "files": str(len(component.files)),
    }
    libraries = [bundle / each for each in component.files]
    return Part(
        name=component.name,
        version=component.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=key,
        purl=PackageURL.from_string(component.purl),
        licenses=[LicenseExpression(component.license)],
        external_references=[
            ExternalReference(type=ExternalReferenceType.SOURCE_DISTRIBUTION, url=XsUri(component.source))
        ],
        properties=[
            Property(name=f"chain-timer:{each}", value=words) for each, words in told.items() if words
        ],
        components=[_file(path, bundle, key) for path in libraries if path.is_file() and is_native(path)],
    )


def _file(path: Path, bundle: Path, owner: str) -> Part:
    """Describe a library or program as it lies in the bundle; one file may hold several parts."""
    place = path.relative_to(bundle).as_posix()
    return Part(
        name=place,
        type=ComponentType.FILE,
        bom_ref=f"{owner}#{place}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(path.read_bytes()).hexdigest())],
    )


def _key(component: Component) -> str:
    """Name a part in the list: the same library may be there twice, brought by two packages."""
    return f"{component.purl} in {component.brought_by}" if component.brought_by else component.purl


def _links(components: Iterable[Component]) -> Iterator[tuple[str, list[str]]]:
    """Give what each part needs: what it asks for, as far as it is there, and what lies in it."""
    there = {component.purl.partition("@")[0]: _key(component) for component in components}
    for component in components:
        asked = [there[each] for each in component.needs if each in there]
        inside = [_key(each) for each in components if each.brought_by == component.purl]
        yield _key(component), sorted({*asked, *inside} - {_key(component)})


def _direct(components: Iterable[Component], links: Mapping[str, Sequence[str]]) -> list[str]:
    """List what the program itself needs: what it asks for, and whatever nothing else needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {f"pkg:pypi/{canonical(_named(each))}" for each in project["dependencies"]}
    needed = {key for keys in links.values() for key in keys}
    return sorted(
        _key(each) for each in components if each.purl.partition("@")[0] in asked or _key(each) not in needed
    )


def _named(requirement: str) -> str:
    from packaging.requirements import Requirement  # noqa: PLC0415 - of the build environment

    return Requirement(requirement).name
