"""One contract for all speakers: the silent one, the fake, and the real one before it opens."""

import inspect

import pytest

from chain_timer.sound.null_output import NullOutput
from chain_timer.sound.output import Output
from chain_timer.sound.speaker import Channel, Speaker

SPEAKERS = ["null", "fake", "real"]


@pytest.fixture
def speaker(request: pytest.FixtureRequest) -> Speaker:
    made: dict[str, Speaker] = {
        "null": NullOutput(),
        "fake": request.getfixturevalue("fake_speaker"),
        "real": Output(request.getfixturevalue("fake_clock")),
    }
    return made[request.param]


def public(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind) if not name.startswith("_")}


@pytest.mark.parametrize("speaker", SPEAKERS, indirect=True)
def test_it_has_all_that_the_contract_names(speaker: Speaker) -> None:
    assert public(Speaker) <= public(type(speaker))


@pytest.mark.parametrize("speaker", SPEAKERS, indirect=True)
def test_calls_take_the_same_arguments(speaker: Speaker) -> None:
    for name in ("open", "close", "schedule_at", "cancel_pending", "silence", "set_volume", "set_muted"):
        mine = inspect.signature(getattr(type(speaker), name))
        assert list(mine.parameters) == list(inspect.signature(getattr(Speaker, name)).parameters)


@pytest.mark.parametrize("speaker", SPEAKERS, indirect=True)
def test_it_can_be_told_everything_before_it_is_open(speaker: Speaker) -> None:
    speaker.set_volume(Channel.VOICE, 40)
    speaker.set_muted(True)
    speaker.schedule_at(0, b"\0\0", Channel.TONE)
    speaker.cancel_pending()
    speaker.silence()
    speaker.close()
    assert speaker.problem == ""
    assert speaker.lead_ms >= 0
    assert speaker.ready
