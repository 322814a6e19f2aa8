"""A minimal Debian in a folder, to install a package into as a person would, and to take it out again.

Wants root, debootstrap and the network. Whatever is mounted in it is mounted for one command alone, in a name
space of its own, so that nothing of this machine can be reached from it when the folder is removed.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from places import BUILD

MIRROR = "http://deb.debian.org/debian"
PERSON = "person"
_ID = 1000
# Arguments: the folder, how many more are folders to be seen in it at the same place, those, and the command.
_ENTER = """
set -e
root=$1; count=$2; shift 2
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$count" -gt 0 ]; do
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    shift; count=$((count - 1))
done
exec "$@"
"""


class SmallSystem:
    """One system; made anew, so that nothing stays in it from before."""

    home = Path("/home", PERSON)
    """Where the one person in it is at home, seen from inside."""

    def __init__(self, suite: str) -> None:
        """``suite`` is the release of Debian: bookworm, trixie."""
        self.root = BUILD / f"chroot-{suite}"
        missing = [name for name in ("debootstrap", "unshare", "chroot") if shutil.which(name) is None]
        assert not missing, f"not here: {', '.join(missing)}"
        assert os.geteuid() == 0, "only root can make a system in a folder"
        base = _base(suite)
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        _call("tar", "-xf", str(base), "-C", str(self.root))
        for name in ("resolv.conf", "hosts"):
            shutil.copyfile(Path("/etc", name), self.root / "etc" / name)
        (self.root / "etc" / "apt" / "apt.conf.d" / "90here").write_text(_apt_settings(), encoding="ascii")
        self.run("apt-get", "-q", "update")
        self.run("useradd", "--create-home", "--shell", "/bin/sh", PERSON)

    def place(self, path: Path) -> Path:
        """Give where a path inside is, seen from outside."""
        return self.root / path.relative_to("/")

    def run(self, *command: str, code: int = 0) -> str:
        """Run a command as root inside, and give what it printed. Raises AssertionError when it fails."""
        return _told(self._inside(command, {"DEBIAN_FRONTEND": "noninteractive"}, ()), code)

    def run_as_person(self, *command: str, code: int = 0, more: Mapping[str, str] | None = None) -> str:
        """Run a command as the ordinary user inside, and give what it printed. Raises AssertionError."""
        return _told(self._of_person(command, more or {}, ()), code)

    def start_as_person(
        self, command: Sequence[str], more: Mapping[str, str], seen: Sequence[Path], output: Path
    ) -> "subprocess.Popen[bytes]":
        """Start a program as the ordinary user; folders in ``seen`` are there inside as they are outside."""
        with output.open("wb") as said:
            return subprocess.Popen(
                self._of_person(command, more, seen), stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )

    def install(self, *packages: str) -> str:
        """Install packages with what they depend on, and nothing else."""
        return self.run("apt-get", "-qy", "install", "--no-install-recommends", *packages)

    def files(self) -> set[str]:
        """List all that is in it, as paths from inside."""
        return {f"/{path.relative_to(self.root)}" for path in self.root.rglob("*")}

    def _of_person(self, command: Sequence[str], more: Mapping[str, str], seen: Sequence[Path]) -> list[str]:
        environment = {"HOME": str(self.home), "USER": PERSON, **more}
        inner = ("env", f"--chdir={self.home}", *command)
        return self._inside(inner, environment, seen, f"--userspec={_ID}:{_ID}")

    def _inside(
        self, command: Sequence[str], more: Mapping[str, str], seen: Sequence[Path], *options: str
    ) -> list[str]:
        settings = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            **more,
        }
        return [
            *("unshare", "--mount", "--", "sh", "-c", _ENTER, "enter", str(self.root)),
            *(str(len(seen)), *map(str, seen)),
            *("chroot", *options, str(self.root)),
            *("/usr/bin/env", "-i", *(f"{name}={value}" for name, value in settings.items())),
            *command,
        ]


def _base(suite: str) -> Path:
    """Make the archive of a bare system, once."""
    archive = BUILD / f"chroot-{suite}.tar"
    if not archive.exists():
        folder = BUILD / f"chroot-{suite}-base"
        shutil.rmtree(folder, ignore_errors=True)
        _call("debootstrap", "--variant=minbase", suite, str(folder), os.environ.get("DEBIAN_MIRROR", MIRROR))
        half = archive.with_suffix(".half")
        _call("tar", "--one-file-system", "-cf", str(half), "-C", str(folder), ".")
        half.rename(archive)
        shutil.rmtree(folder)
    return archive


def _apt_settings() -> str:
    """Give how this machine's own apt reaches the network, for the one inside."""
    asked = _call("apt-config", "dump")
    wanted = ("Acquire::http", "Acquire::https", "Acquire::Check-", "Acquire::Retries")
    return "".join(f"{line}\n" for line in asked.splitlines() if line.startswith(wanted))


def _told(command: Sequence[str], code: int) -> str:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )
    shown = " ".join(command[command.index("chroot") :])
    said = f"{shown} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    assert done.returncode == code, said
    return done.stdout


def _call(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout
