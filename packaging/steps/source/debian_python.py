"""A Python that is not here, in a small Debian below ``build/``: on Linux, as root, with debootstrap."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from places import BUILD, ROOT

sys.path.append(str(ROOT / "tools"))

from system_packages import DEBIAN, QT, packages

SUITES = {"3.14": "forky"}
"""Which Debian has which Python as its own."""

_MIRROR = "http://deb.debian.org/debian"
# In a space of its own: what is mounted there is gone with the command, however it ends.
_WITH_PROC = ("unshare", "--mount", "sh", "-c", 'mount -t proc proc "$1/proc" && exec chroot "$@"', "sh")
_FOR_TESTS = ("dbus-daemon", "desktop-file-utils", "libglib2.0-bin")
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def can_make(python: str) -> bool:
    return python in SUITES and os.geteuid() == 0 and shutil.which("debootstrap") is not None


def debian_with(python: str) -> Path:
    """Give the root of a Debian with this Python and what Qt needs; made where it is not there yet.

    Raises CalledProcessError.
    """
    root = BUILD / f"debian-{SUITES[python]}"
    if not (root / "ready").exists():
        shutil.rmtree(root, ignore_errors=True)
        python3 = "--include=python3,python3-venv,ca-certificates"
        # A suite newer than this debootstrap is made as unstable is.
        script = "/usr/share/debootstrap/scripts/sid"
        command = ["debootstrap", "--variant=minbase", python3, SUITES[python], str(root), _MIRROR, script]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        # A mirror may be some weeks behind.
        inside(root, "apt-get", "-qq", "-o", "Acquire::Check-Valid-Until=false", "update")
        wanted = (*packages(list(QT), DEBIAN), *_FOR_TESTS)
        inside(root, "apt-get", "-qqy", "--no-install-recommends", "install", *wanted)
        (root / "ready").touch()
    for file in (_CERTIFICATES, Path("/etc/resolv.conf")):
        shutil.copy(file, root / file.relative_to("/"))
    return root


def inside(root: Path, *command: str) -> None:
    """Run a command in there, with the processes of this computer in sight. Raises CalledProcessError."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    output = subprocess.DEVNULL if command[0] == "apt-get" else None
    chroot = [*_WITH_PROC, str(root), *command]
    subprocess.run(chroot, env=environment, stdout=output, check=True)
