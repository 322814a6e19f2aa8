"""What macOS is told of the program: its name, the files it opens, the systems it runs on.

https://developer.apple.com/documentation/bundleresources/information-property-list. The specification of the
bundle imports this by name, from its own folder.
"""

import re
from importlib.metadata import PackageNotFoundError, distribution

BUNDLE_ID = "io.github.chain-timer.ChainTimer"
"""The name of the program among all. Apple knows no ``_`` in it, so it is not to the letter that of Linux."""

ROUTINE_TYPE = "io.github.chain-timer.bundle"
TOML_TYPE = "io.toml"
OLDEST = "14.0"
"""The system that Qt asks for where it is not there to be asked."""
_NUMBERS = re.compile(r"\d+(?:\.\d+)*", re.ASCII)
_WHEEL_FOR = re.compile(r"macosx_(\d+)_(\d+)_")


def info_plist(number: str) -> dict[str, object]:
    """Give the values for a version like 1.2.3 or 1.2.3rc1."""
    # Apple knows numbers alone: what comes before a version is called like it.
    numbers = _NUMBERS.match(number)
    shown = numbers[0] if numbers else number
    return {
        "CFBundleName": "Chain Timer",
        "CFBundleDisplayName": "Chain Timer",
        "CFBundleIdentifier": BUNDLE_ID,
        "CFBundleShortVersionString": shown,
        "CFBundleVersion": shown,
        "CFBundleDevelopmentRegion": "en",
        "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
        "LSMinimumSystemVersion": oldest_system(),
        # PyInstaller takes a program that can print for one without a window, and without an icon.
        "LSBackgroundOnly": False,
        "NSHighResolutionCapable": True,
        # It has a dark look of its own.
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": "Chain Timer contributors, MIT license",
        "CFBundleDocumentTypes": document_types(),
        "UTExportedTypeDeclarations": [_bundle_type()],
        "UTImportedTypeDeclarations": [_toml_type()],
    }


def document_types() -> list[dict[str, object]]:
    """List what is opened by a double click, and what the program is offered for."""
    return [
        {
            "CFBundleTypeName": "Chain Timer routine with its exercises",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [ROUTINE_TYPE],
        },
        {
            # NAME.routine.toml: the system looks at the last ending alone, and that belongs to others, too.
            "CFBundleTypeName": "Chain Timer routine",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "LSItemContentTypes": [TOML_TYPE],
        },
    ]


def _bundle_type() -> dict[str, object]:
    return {
        "UTTypeIdentifier": ROUTINE_TYPE,
        "UTTypeDescription": "Chain Timer routine with its exercises",
        # An archive, but none that should be unpacked by a double click.
        "UTTypeConformsTo": ["public.data", "public.content"],
        "UTTypeTagSpecification": {
            "public.filename-extension": ["chain-timer"],
            "public.mime-type": ["application/vnd.chain-timer.bundle+zip"],
        },
    }


def _toml_type() -> dict[str, object]:
    return {
        "UTTypeIdentifier": TOML_TYPE,
        "UTTypeDescription": "TOML text",
        "UTTypeConformsTo": ["public.utf8-plain-text"],
        "UTTypeTagSpecification": {
            "public.filename-extension": ["toml"],
            "public.mime-type": ["application/toml"],
        },
    }


def oldest_system() -> str:
    """Give the oldest system that the Qt which goes into the bundle was built for."""
    try:
        wheel = distribution("PySide6-Essentials").read_text("WHEEL") or ""
    except PackageNotFoundError:
        wheel = ""
    found = _WHEEL_FOR.search(wheel)
    return f"{found[1]}.{found[2]}" if found else OLDEST
