"""A plan for longer holds: from where, to where, in how many weeks."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HoldPlan:
    """A person's plan for the holds of one exercise, or of one routine."""

    id: str
    """32 hexadecimal digits, made with the plan."""
    name: str
    """Of the exercise or routine, as it was called when the plan was made."""
    from_ms: int
    to_ms: int
    begun: date
    weeks: int
    exercise_id: str = ""
    routine_id: str = ""
    """One of the two is given."""
    ended: date | None = None
    """When it was given up, or reached; None while it is followed."""
    changed_ms: int = 0
    """When it last changed, in milliseconds since 1970: of two, the newer one counts."""
