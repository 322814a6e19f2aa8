"""Gives PyPI the README with links that lead somewhere from there; in the checkout they stay relative."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_TARGET = re.compile(r"(?P<picture>!\[[^\]]*)?\]\((?!\w+:|#)(?P<target>[^)\s]+)\)")


class ReadmeHook(MetadataHookInterface):
    """What hatchling asks for the ``readme`` that pyproject.toml calls dynamic."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        home = metadata["urls"]["Homepage"]
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": with_addresses(text, home, f"v{metadata['version']}"),
        }


def with_addresses(text: str, home: str, tag: str) -> str:
    """Point relative links and pictures of a Markdown text to the files of a tag of a GitHub repository."""

    def with_address(found: re.Match[str]) -> str:
        kind = "raw" if found["picture"] else "blob"
        return f"{found['picture'] or ''}]({home}/{kind}/{tag}/{found['target']})"

    return _TARGET.sub(with_address, text)
