"""Makes the disk image for macOS of the program that the step before put together, signed where it can be.

``CHAIN_TIMER_SIGN_IDENTITY`` names a certificate in the keychain, ``CHAIN_TIMER_NOTARY_PROFILE`` what
notarytool keeps its key under: see ``packaging/macos/NOTARIZATION.md``. Without them nobody in particular
signs ("ad hoc"), which Apple's processors want at least, and macOS asks whoever starts the program.
"""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from places import BUILD, BUNDLE, PACKAGING, version

APP = BUNDLE.with_name("Chain Timer.app")
ENTITLEMENTS = PACKAGING / "macos" / "entitlements.plist"
NOBODY = "-"
_STAGE = BUILD / "macos-image"
_MAGICS = frozenset(bytes.fromhex(each) for each in ("cffaedfe", "cefaedfe", "cafebabe", "bebafeca"))
"""How files of code begin on macOS, for one processor or several (mach-o/loader.h, mach-o/fat.h)."""
_JAVA_FROM = 45
"""Java's classes begin as code for several processors does, with a version from here on for the count."""

Command = list[str]


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs."""

    identity: str = NOBODY
    profile: str = ""
    """Under which Apple is asked to look the image over; empty for not at all."""

    @property
    def is_named(self) -> bool:
        return self.identity != NOBODY


def make(out: Path) -> list[Path]:
    """Make the image from ``build/bundle``."""
    signing = signing_of(os.environ)
    image = out / f"chain-timer-{version()}-macos-{platform.machine()}.dmg"
    take_licenses(BUNDLE / "licenses", APP)
    perform(sign_commands(APP, signing))
    stage(APP, _STAGE)
    perform([image_command(_STAGE, image), *image_commands_after(image, signing)])
    return [image]


def signing_of(environ: Mapping[str, str]) -> Signing:
    """Read from the environment who signs. Raises ValueError when Apple is asked about what nobody signed."""
    signing = Signing(
        environ.get("CHAIN_TIMER_SIGN_IDENTITY") or NOBODY, environ.get("CHAIN_TIMER_NOTARY_PROFILE", "")
    )
    if signing.profile and not signing.is_named:
        raise ValueError(
            "CHAIN_TIMER_NOTARY_PROFILE is of no use without CHAIN_TIMER_SIGN_IDENTITY: "
            "Apple looks at signed programs alone"
        )
    return signing


def take_licenses(folder: Path, app: Path) -> None:
    """Put into the program what its parts ask to be handed on with them, before it is sealed."""
    shutil.copytree(folder, app / "Contents" / "Resources" / "licenses", dirs_exist_ok=True)


def sign_commands(app: Path, signing: Signing) -> list[Command]:
    """List how to sign, from the inside out: each seal covers those within it."""
    parts = [sign_command(path, signing) for path in code_files(app)]
    return [*parts, sign_command(app, signing, seals=True)]


def sign_command(path: Path, signing: Signing, *, seals: bool = False) -> Command:
    """Sign one file, or with ``seals`` the program as a whole, which alone has entitlements."""
    command = ["codesign", "--force", "--sign", signing.identity]
    if signing.is_named:
        # Without a team the runtime would refuse the program its own libraries.
        command += ["--timestamp", "--options", "runtime"]
        command += ["--entitlements", str(ENTITLEMENTS)] if seals else []
    return [*command, str(path)]


def code_files(app: Path) -> list[Path]:
    """List the libraries and programs within, the innermost first."""
    found = [path for path in app.rglob("*") if path.is_file() and not path.is_symlink() and is_code(path)]
    return sorted(found, key=lambda path: (-len(path.parts), path))


def is_code(path: Path) -> bool:
    """Whether a file holds code for macOS."""
    with path.open("rb") as file:
        head = file.read(8)
    for_several = head[:4].hex() == "cafebabe"
    return head[:4] in _MAGICS and not (for_several and int.from_bytes(head[4:8], "big") >= _JAVA_FROM)


def stage(app: Path, folder: Path) -> None:
    """Lay out what the opened image shows: the program, and where to drag it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(app, folder / app.name, symlinks=True)
    (folder / "Applications").symlink_to("/Applications")


def image_command(folder: Path, image: Path) -> Command:
    """Pack a folder as tightly as every system can read that the program runs on."""
    options = ["-volname", "Chain Timer", "-fs", "HFS+", "-format", "ULMO", "-ov"]
    return ["hdiutil", "create", "-srcfolder", str(folder), *options, str(image)]


def image_commands_after(image: Path, signing: Signing) -> Iterator[Command]:
    """List what is done with the image: signed, looked over by Apple, and given Apple's word to carry."""
    if signing.is_named:
        yield ["codesign", "--sign", signing.identity, "--timestamp", str(image)]
    if signing.profile:
        yield [
            *("xcrun", "notarytool", "submit", str(image)),
            *("--keychain-profile", signing.profile, "--wait", "--timeout", "30m"),
        ]
        yield ["xcrun", "stapler", "staple", str(image)]


def perform(commands: Sequence[Command]) -> None:
    for command in commands:
        subprocess.run(command, check=True)
