"""Voices that misbehave, each a small program on the worker's protocol."""

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chain_timer.speech.client import VoiceWorker

START = """
import json, os, sys, time
from pathlib import Path
sys.path.insert(0, os.environ["PYTHONPATH"].split(os.pathsep)[0])
from chain_timer.speech.clip import wav_of
journal = open({journal!r}, "a")
journal.write("start\\n"); journal.flush()
def reply(**more):
    print(json.dumps({{"id": request["id"], **more}}), flush=True)
def write(data):
    Path(request["path"]).write_bytes(data)
for line in sys.stdin:
    request = json.loads(line)
    journal.write(request.get("text", request["do"]) + "\\n"); journal.flush()
"""
GOOD = "write(wav_of(b'\\1\\0' * 4_800)); reply(stand_in=False)"


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made, so that a test can see what is left of them."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal"
    path.touch()
    return path


@pytest.fixture
def asked(journal: Path) -> Callable[[], list[str]]:
    """What fake voices were asked to say so far, with ``start`` for each start of a process."""
    return lambda: journal.read_text(encoding="utf-8").split("\n")[:-1]


@pytest.fixture
def fake_voice(journal: Path, scratch: Path) -> Iterator[Callable[..., VoiceWorker]]:
    """Makes clients whose process does this for each request; it has ``request``, ``write``, ``reply``."""
    assert scratch.is_dir()
    workers: list[VoiceWorker] = []

    def make(behavior: str = GOOD, *, timeout_s: float = 5.0, back_off_s: float = 60.0) -> VoiceWorker:
        script = START.format(journal=str(journal)) + textwrap.indent(textwrap.dedent(behavior), "    ")
        command = (sys.executable, "-S", "-c", script)
        worker = VoiceWorker(command, language="en-us", timeout_s=timeout_s, back_off_s=back_off_s)
        workers.append(worker)
        return worker

    yield make
    for worker in workers:
        worker.close()
