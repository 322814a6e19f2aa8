"""A notebook that keeps in memory what a recorder writes."""

from dataclasses import dataclass, field

from chain_timer.session.journal import Beat, Opening, entry_line, opening_line
from chain_timer.session.record import Part, SessionRecord


@dataclass
class FakeNotebook:
    openings: list[Opening] = field(default_factory=list)
    entries: list[Part | Beat] = field(default_factory=list)
    records: list[SessionRecord] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def begin(self, opening: Opening) -> None:
        self.openings.append(opening)

    def note(self, session_id: str, entry: Part | Beat) -> None:
        assert session_id == self.openings[-1].id
        self.entries.append(entry)

    def keep(self, opening: Opening, record: SessionRecord) -> None:
        assert opening.id == record.id
        self.records.append(record)

    def drop(self, session_id: str) -> None:
        self.dropped.append(session_id)

    def untold(self) -> str:
        return self.notices.pop(0) if self.notices else ""

    @property
    def beats(self) -> list[Beat]:
        return [entry for entry in self.entries if isinstance(entry, Beat)]

    @property
    def journal(self) -> bytes:
        """What would stand in the file."""
        return b"".join([opening_line(self.openings[-1]), *(entry_line(entry) for entry in self.entries)])
