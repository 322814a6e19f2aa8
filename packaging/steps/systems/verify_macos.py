"""The disk image for macOS: it opens, the program in it is sealed and runs. For macOS alone."""

import platform
import plistlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from places import DIST, version

from systems.macos_image import APP
from systems.verify_windows import assert_speaks_of_itself, assert_voice_answers, assert_window_stays, require


def verify() -> None:
    """Open the image and use what is in it. Raises AssertionError."""
    require(sys.platform == "darwin", "this can be proven on macOS alone")
    image = DIST / f"chain-timer-{version()}-macos-{platform.machine()}.dmg"
    require(image.is_file(), f"{image} is not there: packaging/build macos makes it")
    with tempfile.TemporaryDirectory(prefix="chain-timer-") as work, _opened(image, Path(work)) as folder:
        app, home = folder / APP.name, Path(work, "own")
        assert_sealed(app)
        program = app / "Contents" / "MacOS" / "chain-timer"
        assert_speaks_of_itself(program, home)
        assert_voice_answers(program, home)
        assert_window_stays(program, home)


def assert_sealed(app: Path) -> None:
    """See that the seal covers all of it, and that the system finds what it wants to know."""
    _call(["codesign", "--verify", "--deep", "--strict", str(app)])
    _call(["plutil", "-lint", str(app / "Contents" / "Info.plist")])
    told = plistlib.loads((app / "Contents" / "Info.plist").read_bytes())
    require(told["LSBackgroundOnly"] is False, "the program would have no window of its own in the Dock")
    licenses = app / "Contents" / "Resources" / "licenses"
    require(any(licenses.iterdir()), "the licenses of the parts are missing")


@contextmanager
def _opened(image: Path, work: Path) -> Iterator[Path]:
    folder = work / "image"
    _call(["hdiutil", "attach", str(image), "-nobrowse", "-readonly", "-mountpoint", str(folder)])
    try:
        require((folder / "Applications").is_symlink(), "the image does not show where to drag the program")
        yield folder
    finally:
        _call(["hdiutil", "detach", str(folder), "-force"])


def _call(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    require(done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}")
