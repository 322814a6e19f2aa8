from argparse import Namespace


def open_window(arguments: Namespace) -> int:
    raise NotImplementedError


def play(arguments: Namespace) -> int:
    raise NotImplementedError
