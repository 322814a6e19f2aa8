"""What ``pyproject.toml`` says about the project: the one place for addresses and names of people."""

import tomllib
from dataclasses import dataclass

from places import ROOT

_NOBODY = "Chain Timer contributors"


@dataclass(frozen=True, slots=True)
class Facts:
    """The project as packages name it."""

    summary: str
    license: str
    homepage: str
    source: str
    """Where the sources are; pictures and files of a version are below it."""
    issues: str
    people: str
    mail: str


def facts() -> Facts:
    """Read them. Raises KeyError when an address is missing."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    # https://packaging.python.org/en/latest/specifications/well-known-project-urls/
    urls = {key.casefold().replace(" ", ""): address for key, address in project["urls"].items()}
    homepage = urls["homepage"].rstrip("/")
    people = (project.get("maintainers") or project.get("authors") or [{}])[0]
    return Facts(
        summary=project["description"],
        license=project["license"],
        homepage=homepage,
        source=urls.get("source", urls.get("repository", homepage)).rstrip("/"),
        issues=urls.get("issues", f"{homepage}/issues"),
        people=people.get("name", _NOBODY),
        mail=people.get("email", f"{homepage.rsplit('/', 1)[-1]}@users.noreply.github.com"),
    )


def picture_address(facts: Facts, version: str, name: str) -> str:
    """Give where a picture of the manual can be had, as it was at a version."""
    return f"{facts.source}/raw/v{version}/docs/pictures/{name}"
