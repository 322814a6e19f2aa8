"""``preview``: a session as text or data, without playing it."""

from argparse import Namespace

from chain_timer.cli.choices import Choices, Plan, choices_of, compile_plan, plan
from chain_timer.cli.errors import DONE
from chain_timer.cli.home import Home
from chain_timer.cli.json_output import print_json
from chain_timer.cli.printing import notice
from chain_timer.timeline.lengths import Lengths
from chain_timer.timeline.transcript import as_data, transcript


def preview(arguments: Namespace) -> int:
    """Print the transcript, or the same as JSON."""
    home = Home()
    choices = choices_of(arguments)
    planned = plan(home, home.routine(arguments.name), choices)
    if planned.fitted:
        notice(planned.fitted)
    lengths = _spoken_lengths(home, planned, choices) if arguments.exact else None
    timeline = compile_plan(home, planned, lengths)
    if arguments.json:
        print_json(as_data(timeline))
    else:
        for line in transcript(timeline):
            print(line)
    return DONE


def _spoken_lengths(home: Home, planned: Plan, choices: Choices) -> Lengths:
    from chain_timer.cli.rendering import spoken_lengths  # noqa: PLC0415 - the voice, only when asked for

    return spoken_lengths(home, planned, choices.voice)
