"""What Qt says on the sound thread goes to the log, and is safe to say at any moment.

Each in a program of its own: there is one handler for all that Qt says, and other tests leave sound threads.
"""

import subprocess
import sys
import textwrap
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
START = """
import logging, sys, threading
from PySide6.QtCore import qDebug, qInstallMessageHandler, qWarning
from chain_timer.sound.qt_messages import leave_qt_messages, qt_messages_to

def run(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
"""


def told(script: str) -> tuple[str, str]:
    """What a program writes to its output and aside; it must not crash."""
    done = subprocess.run(
        [sys.executable, "-c", START + textwrap.dedent(script)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def test_what_this_thread_says_and_what_is_recognized_is_logged() -> None:
    logged, aside = told("""
        logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
        with qt_messages_to(lambda message: "server" in message):
            qDebug("said here")
            run(lambda: qWarning("the server is gone"))
            run(lambda: qWarning("said by others"))
        leave_qt_messages()
        qDebug("said after the end")
    """)
    assert "said here" in logged
    assert "the server is gone" in logged
    assert "said by others" not in logged
    assert "said by others" in aside
    assert "said after the end" in aside


def test_what_is_said_on_the_own_thread_is_heard_too() -> None:
    logged, _ = told("""
        heard = []
        with qt_messages_to(lambda message: heard.append(message) or False):
            qDebug("the server is gone")
        leave_qt_messages()
        print(heard)
    """)
    assert logged.strip() == "['the server is gone']"


def test_the_handler_stays_until_the_program_ends() -> None:
    """Taken back while another thread is about to call it, there is nothing to call."""
    logged, _ = told("""
        for _ in range(2):
            with qt_messages_to(lambda message: False):
                pass
        handler = qInstallMessageHandler(None)
        qInstallMessageHandler(handler)
        leave_qt_messages()
        leave_qt_messages()
        print(handler is not None, qInstallMessageHandler(None) is None)
    """)
    assert logged.strip() == "True True"


def test_threads_may_say_something_while_others_come_and_go() -> None:
    told("""
        over = threading.Event()

        def talk():
            while not over.is_set():
                qDebug("a remark")

        def come_and_go():
            with qt_messages_to(lambda message: True):
                qDebug("another remark")

        talkers = [threading.Thread(target=talk) for _ in range(3)]
        for talker in talkers:
            talker.start()
        for _ in range(300):
            run(come_and_go)
        over.set()
        for talker in talkers:
            talker.join()
        leave_qt_messages()
    """)
