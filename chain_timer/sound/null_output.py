"""A speaker for rehearsals and silent sessions: it keeps the contract and makes no sound."""

from chain_timer.sound.speaker import Channel, Dropped


class NullOutput:
    lead_ms = jump_lead_ms = 0
    ready = True
    problem = ""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None: ...

    def cancel_pending(self) -> tuple[Dropped, ...]:
        return ()

    def silence(self) -> None: ...

    def set_volume(self, channel: Channel, percent: int) -> None: ...

    def set_muted(self, muted: bool) -> None: ...  # noqa: FBT001 - the speaker's contract
