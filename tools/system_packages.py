"""What Chain Timer needs from the system, and what each family of Linux calls it.

Python's own packages are in pyproject.toml; this is the rest: the shared libraries Qt loads, and the programs
that are the stage of the tests.
"""

import ctypes
import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass

DEBIAN, FEDORA, ARCH, SUSE = "debian", "fedora", "arch", "suse"
_COMMANDS = {
    DEBIAN: "apt-get install -y",
    FEDORA: "dnf install -y",
    ARCH: "pacman -S --needed",
    SUSE: "zypper install",
}
_MANAGERS = {"apt-get": DEBIAN, "dnf": FEDORA, "pacman": ARCH, "zypper": SUSE}


@dataclass(frozen=True, slots=True)
class Need:
    """A shared library, a program or a Python module, and the package that brings it in each family.

    Where Debian's name changed (``libglib2.0-0t64``), the old one still finds the new.
    """

    what: str
    debian: str
    fedora: str
    arch: str
    suse: str

    def is_met(self) -> bool:
        """Look whether it is there, by asking for it the way Qt, the tests or Python will."""
        if ".so" in self.what:
            return _loads(self.what)
        if self.what == "ensurepip":
            return _has_ensurepip()
        return shutil.which(self.what) is not None

    def package(self, family: str) -> str:
        return str(getattr(self, family))


_PYTHON = f"python3.{sys.version_info.minor}"

# A Python without venv: only Debian's family takes it apart.
VENV = (Need("ensurepip", f"{_PYTHON}-venv", "python3", "python", "python3"),)

# Read off the wheels with readelf -d: what libQt6{Core,Gui,Widgets,Network,DBus,Multimedia}, the platforms
# xcb and Wayland and the FFmpeg plugin ask for, and a bare system lacks.
QT = (
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2", "libglib-2_0-0"),
    Need("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2", "libgthread-2_0-0"),
    Need("libz.so.1", "zlib1g", "zlib", "zlib", "libz1"),
    Need("libzstd.so.1", "libzstd1", "libzstd", "zstd", "libzstd1"),
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs", "krb5", "krb5"),
    Need("libbrotlidec.so.1", "libbrotli1", "libbrotli", "brotli", "libbrotlidec1"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus", "libdbus-1-3"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig", "libfontconfig1"),
    Need("libfreetype.so.6", "libfreetype6", "freetype", "freetype2", "libfreetype6"),
    Need("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd", "libglvnd"),
    Need("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd", "libglvnd"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon", "libxkbcommon0"),
    Need(
        "libxkbcommon-x11.so.0",
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
        "libxkbcommon-x11",
        "libxkbcommon-x11-0",
    ),
    Need("libX11.so.6", "libx11-6", "libX11", "libx11", "libX11-6"),
    Need("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11", "libX11-xcb1"),
    Need("libXext.so.6", "libxext6", "libXext", "libxext", "libXext6"),
    Need("libXrandr.so.2", "libxrandr2", "libXrandr", "libxrandr", "libXrandr2"),
    Need("libxcb.so.1", "libxcb1", "libxcb", "libxcb", "libxcb1"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor", "libxcb-cursor0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", "libxcb-icccm4"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image", "libxcb-image0"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms", "libxcb-keysyms1"),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb", "libxcb-randr0"),
    Need("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb", "libxcb-render0"),
    Need(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
        "libxcb-render-util0",
    ),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb", "libxcb-shape0"),
    Need("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb", "libxcb-shm0"),
    Need("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb", "libxcb-sync1"),
    Need("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util", "libxcb-util1"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb", "libxcb-xfixes0"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb", "libxcb-xkb1"),
    Need(
        "libwayland-client.so.0",
        "libwayland-client0",
        "libwayland-client",
        "wayland",
        "libwayland-client0",
    ),
    Need(
        "libwayland-cursor.so.0",
        "libwayland-cursor0",
        "libwayland-cursor",
        "wayland",
        "libwayland-cursor0",
    ),
    Need("libpulse.so.0", "libpulse0", "pulseaudio-libs", "libpulse", "libpulse0"),
)

# The stage of the tests: a screen and a sound card made of software.
STAGE = (
    Need("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb", "xorg-x11-server-Xvfb"),
    Need("pulseaudio", "pulseaudio", "pulseaudio", "pulseaudio", "pulseaudio"),
    Need("parecord", "pulseaudio-utils", "pulseaudio-utils", "libpulse", "pulseaudio-utils"),
    Need("dbus-run-session", "dbus-daemon", "dbus-daemon", "dbus", "dbus-1"),
)


def unmet(needs: tuple[Need, ...]) -> list[Need]:
    """List what is not there; nothing on systems that bring all of it (Windows, macOS)."""
    return [need for need in needs if not need.is_met()] if sys.platform.startswith("linux") else []


def family() -> str | None:
    """Name the family of this Linux by its package manager; None when it is none we know."""
    return next((name for manager, name in _MANAGERS.items() if shutil.which(manager)), None)


def packages(needs: list[Need], family_name: str) -> list[str]:
    """Name each package once, in the order of the needs."""
    return list(dict.fromkeys(need.package(family_name) for need in needs))


def install_command(needs: list[Need]) -> str:
    """Give the one command that brings what is missing; a list of libraries where the family is unknown."""
    name = family()
    if name is None:
        return "install these with your system's package manager: " + ", ".join(need.what for need in needs)
    rights = "" if os.geteuid() == 0 else "sudo "
    return f"{rights}{_COMMANDS[name]} {' '.join(packages(needs, name))}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_ensurepip() -> bool:
    # Debian leaves the module venv in and takes ensurepip out, wheels and all.
    return importlib.util.find_spec("ensurepip") is not None
