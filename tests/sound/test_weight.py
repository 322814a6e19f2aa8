"""What sound brings into the program: no more than it needs, because it stays for as long as that runs."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

LOADED = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from chain_timer.session.clock import SystemClock
from chain_timer.sound.output import Output
from chain_timer.sound.tones import tone_pcm
from chain_timer.timeline.segment import Tone

app = QCoreApplication([])
paths = app.libraryPaths()
tone_pcm(Tone.START, "soft")
output = Output(SystemClock())
output.open()
for _ in range(500):
    if output.ready:
        break
    time.sleep(0.01)
print(json.dumps({
    "modules": list(sys.modules),
    "maps": Path("/proc/self/maps").read_text() if sys.platform == "linux" else "",
    "paths kept": app.libraryPaths() == paths,
}))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    environment = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path_factory.mktemp('sound')}/none"}
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_sound_brings_no_numpy(loaded: dict[str, Any]) -> None:
    assert "numpy" not in loaded["modules"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there is the backend left out")
def test_sound_brings_no_films(loaded: dict[str, Any]) -> None:
    assert "libQt6Multimedia" in loaded["maps"]
    assert "libavcodec" not in loaded["maps"]


def test_qt_finds_its_other_plugins_afterwards(loaded: dict[str, Any]) -> None:
    assert loaded["paths kept"]
