"""Steps turned back into the sentences their author wrote, with {side} and {other} for right and left."""

from chain_timer.routine.exercise import Side, Step

_SIDE = "{side}"
_OTHER = "{other}"
_RIGHT, _LEFT = Side.RIGHT.value, Side.LEFT.value


def sentence_of(step: Step) -> str:
    """Give the one sentence that reads as this step on either side.

    Right and left that are said on both sides alike stay as they are. Where the two sides differ in more than
    right and left, no one sentence says both: then it is what is said on the right.
    """
    if step.right == step.left:
        return step.right
    return _woven(step.right, step.left) or step.right


def _woven(right: str, left: str) -> str:
    # Two sides can differ only where a side is said, and there they begin with an r and an l: no guessing.
    said: list[str] = []
    at_right = at_left = 0
    while at_right < len(right) and at_left < len(left):
        if right[at_right] == left[at_left]:
            said.append(right[at_right])
            at_right, at_left = at_right + 1, at_left + 1
        elif mark := _mark_at(right, at_right, left, at_left):
            said.append(mark)
            here, there = (_RIGHT, _LEFT) if mark == _SIDE else (_LEFT, _RIGHT)
            at_right, at_left = at_right + len(here), at_left + len(there)
        else:
            return ""
    return "".join(said) if at_right == len(right) and at_left == len(left) else ""


def _mark_at(right: str, at_right: int, left: str, at_left: int) -> str:
    for mark, here, there in ((_SIDE, _RIGHT, _LEFT), (_OTHER, _LEFT, _RIGHT)):
        if at_right == 0:  # a sentence that begins with a side begins with a capital
            here, there = here.capitalize(), there.capitalize()  # noqa: PLW2901 - the same words, larger
        if right.startswith(here, at_right) and left.startswith(there, at_left):
            return mark
    return ""
