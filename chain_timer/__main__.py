"""Starts Chain Timer: ``chain-timer`` and ``python -m chain_timer``."""

import sys


def main() -> int:
    """Run the program with the arguments of this process, and give its exit code."""
    try:
        if getattr(sys, "frozen", False):
            from chain_timer.system.own_process import is_own_process, run_own_process  # noqa: PLC0415

            if is_own_process(sys.argv[1:]):
                return run_own_process(sys.argv[1:])
        from chain_timer.cli.process import start  # noqa: PLC0415 - Ctrl-C may come this early

        return start(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
