import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from chain_timer.system import saver, toml_file
from chain_timer.system.saver import Saver
from chain_timer.system.settings import Remembered, Settings
from chain_timer.system.settings_store import MOST_REMEMBERED, SettingsStore


class Never:
    """A delay that does not end: only :meth:`SettingsStore.close` saves."""

    def __init__(self) -> None:
        self.wishes = 0

    def __call__(self, _delay_s: float, _call: Callable[[], None]) -> "Never":
        self.wishes += 1
        return self

    def cancel(self) -> None:
        """Nothing was under way."""


def store(folder: Path, notices: list[str] | None = None) -> SettingsStore:
    return SettingsStore(folder, notice=[].append if notices is None else notices.append, later=Never())


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def text(folder: Path, name: str = "settings.toml") -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_without_a_file_everything_is_as_declared_and_none_is_made(tmp_path: Path) -> None:
    opened = store(tmp_path / "new")
    assert (opened.settings, opened.problems) == (Settings(), ())
    opened.close()
    assert not (tmp_path / "new").exists()


def test_what_was_changed_is_there_at_the_next_start(tmp_path: Path) -> None:
    first = store(tmp_path)
    first.change(rate=180, theme="dark", muted=True, voice="Ünï")
    first.close()
    assert store(tmp_path).settings == Settings(rate=180, theme="dark", muted=True, voice="Ünï")


def test_a_change_counts_before_it_is_saved(tmp_path: Path) -> None:
    opened = store(tmp_path)
    opened.change(rate=180)
    assert opened.settings.rate == 180
    assert not (tmp_path / "settings.toml").exists()


def test_only_what_was_changed_is_written(tmp_path: Path) -> None:
    opened = store(tmp_path)
    opened.change(rate=180)
    opened.close()
    assert text(tmp_path).split() == ["[voice]", "rate", "=", "180"]


def test_a_value_that_does_not_fit_changes_nothing(tmp_path: Path) -> None:
    opened = store(tmp_path)
    with pytest.raises(ValueError, match="from 80 to 300"):
        opened.change(theme="dark", rate=10)
    with pytest.raises(ValueError, match="no setting speed"):
        opened.change(speed=3)
    assert opened.settings == Settings()


def test_listeners_hear_what_differs_and_nothing_else(tmp_path: Path) -> None:
    opened = store(tmp_path)
    heard: list[tuple[int, frozenset[str]]] = []
    stop = opened.on_change(lambda settings, keys: heard.append((settings.rate, keys)))
    opened.change(rate=180, theme="system")
    opened.change(rate=180)
    stop()
    stop()
    opened.change(rate=200)
    assert heard == [(180, frozenset({"rate"}))]


def test_each_bad_value_costs_that_value_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        '[voice]\nrate = 9000\nvoice = "Anna"\n[sound]\nmuted = "yes"\ntone_volume = 20\n[look]\ntheme = 3\n'
    )
    opened = store(tmp_path)
    assert opened.settings == Settings(voice="Anna", tone_volume=20)
    assert [problem.where for problem in opened.problems] == ["voice.rate", "sound.muted", "look.theme"]


def test_a_section_that_is_no_table_costs_that_section_and_can_be_set_again(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('voice = 5\n[look]\ntheme = "dark"\n')
    opened = store(tmp_path)
    opened.change(rate=200)
    opened.close()
    assert store(tmp_path).settings == Settings(rate=200, theme="dark")


def test_comments_and_what_another_version_wrote_stay(tmp_path: Path) -> None:
    before = '# mine\n[future]\nmood = "calm" # keep\n\n[voice]\n# slow\nrate = 100\npitch = 3\n'
    (tmp_path / "settings.toml").write_text(before)
    opened = store(tmp_path)
    opened.change(rate=120)
    opened.close()
    assert text(tmp_path) == before.replace("100", "120")


@pytest.mark.parametrize(
    "damage",
    [
        b"not toml",
        b"\xff\xfe\x00",
        b"a = " + b"[" * 100_000,
        b"[voice]\nrate = 100\nrate = 120\n",
        b"x" * 2_000_000,
    ],
    ids=["words", "bytes", "nested", "doubled", "huge"],
)
def test_a_damaged_file_is_kept_aside_and_said_and_never_written_over(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(damage)
    opened = store(tmp_path)
    opened.change(rate=180)
    opened.close()
    assert opened.settings == Settings(rate=180)
    assert ["settings.toml.damaged" in str(problem) for problem in opened.problems] == [True]
    assert (tmp_path / "settings.toml.damaged").read_bytes() == damage
    assert store(tmp_path).settings.rate == 180


def test_a_file_damaged_while_running_is_kept_and_every_choice_written_again(tmp_path: Path) -> None:
    first = store(tmp_path)
    first.change(theme="dark")
    first.close()
    opened = store(tmp_path)
    (tmp_path / "settings.toml").write_text("[[[")
    opened.change(rate=180)
    opened.close()
    assert text(tmp_path, "settings.toml.damaged") == "[[["
    assert store(tmp_path).settings == Settings(theme="dark", rate=180)


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.toml").write_text("[voice]\nrate = 100\n")

    def refused(*_: object) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(toml_file, "read_bytes_bounded", refused)
    notices: list[str] = []
    opened = store(tmp_path, notices)
    opened.change(rate=180)
    opened.close()
    assert "Permission denied" in str(opened.problems[0])
    assert len(notices) == 1
    assert text(tmp_path) == "[voice]\nrate = 100\n"


def test_two_instances_lose_nothing_of_each_other(tmp_path: Path) -> None:
    first, second = store(tmp_path), store(tmp_path)
    first.change(rate=180)
    second.change(theme="dark")
    first.remember("a", Remembered(hold_ms=45_000))
    second.remember("b", Remembered(rounds=2))
    first.close()
    second.close()
    first.change(tone_set="bell")
    first.close()
    third = store(tmp_path)
    assert third.settings == Settings(rate=180, theme="dark", tone_set="bell")
    assert (third.remembered("a"), third.remembered("b")) == (
        Remembered(hold_ms=45_000),
        Remembered(rounds=2),
    )


def test_the_version_before_is_kept(tmp_path: Path) -> None:
    opened = store(tmp_path)
    for rate in (180, 200):
        opened.change(rate=rate)
        opened.close()
    assert "180" in text(tmp_path, "settings.toml.bak")


def test_a_full_disk_is_one_notice_and_the_change_is_saved_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text("[voice]\nrate = 100\n")
    notices: list[str] = []
    opened = store(tmp_path, notices)
    with monkeypatch.context() as disk:
        disk.setattr(toml_file, "write_text_atomic", full_disk)
        for rate in (180, 200):
            opened.change(rate=rate)
            opened.close()
        opened.remember("a", Remembered(rounds=3))
        opened.close()
    assert [("No space left" in notice) for notice in notices] == [True]
    opened.change(theme="dark")
    opened.close()
    after = store(tmp_path)
    assert after.settings == Settings(rate=200, theme="dark")
    assert after.remembered("a") == Remembered(rounds=3)


def test_a_folder_that_cannot_be_made_is_one_notice(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    notices: list[str] = []
    opened = store(tmp_path / "file" / "settings", notices)
    opened.change(rate=180)
    opened.close()
    assert len(notices) == 1
    assert opened.settings.rate == 180


def test_a_choice_is_remembered_before_and_after_it_is_saved(tmp_path: Path) -> None:
    opened = store(tmp_path)
    choice = Remembered(hold_ms=45_000, rest_ms=0, rounds=2, coaching="cues")
    assert opened.remembered("desk-break") == Remembered()
    opened.remember("desk-break", choice)
    assert opened.remembered("desk-break") == choice
    opened.close()
    assert opened.remembered("desk-break") == choice
    assert store(tmp_path).remembered("desk-break") == choice
    assert opened.remembered("another") == Remembered()


def test_a_remembered_value_that_is_not_usable_counts_as_never_chosen(tmp_path: Path) -> None:
    (tmp_path / "remembered.toml").write_text(
        '[routines.a]\nhold_ms = "long"\nrounds = 2\n[routines]\nb = 7\n'
    )
    opened = store(tmp_path)
    assert (opened.remembered("a"), opened.remembered("b")) == (Remembered(rounds=2), Remembered())


def test_only_the_routines_chosen_last_are_remembered(tmp_path: Path) -> None:
    opened = store(tmp_path)
    for number in range(MOST_REMEMBERED):
        opened.remember(f"routine-{number}", Remembered(rounds=1))
    opened.close()
    opened.remember("routine-0", Remembered(rounds=2))
    opened.remember("one-more", Remembered(rounds=3))
    opened.close()
    after = store(tmp_path)
    assert after.remembered("routine-0").rounds == 2
    assert after.remembered("one-more").rounds == 3
    assert after.remembered("routine-1") == Remembered()
    assert after.remembered("routine-2").rounds == 1


def test_a_routine_of_any_name_can_be_remembered(tmp_path: Path) -> None:
    names = ["", "a.b", 'quo"te', "zwei\nzeilen", "נתיב", "[x]", "\x1b[31m"]
    opened = store(tmp_path)
    for name in names:
        opened.remember(name, Remembered(rounds=4))
    opened.close()
    assert [store(tmp_path).remembered(name).rounds for name in names] == [4] * len(names)


def test_many_changes_of_a_moment_are_one_save() -> None:
    saves: list[int] = []
    never = Never()
    waiting = Saver(lambda: saves.append(1), never)
    for _ in range(50):
        waiting.soon()
    waiting.now()
    assert (never.wishes, saves) == (1, [1])


def test_the_real_delay_saves_off_the_calling_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "DELAY_S", 0.0)
    threads: list[saver.threading.Thread] = []

    def later(delay_s: float, call: Callable[[], None]) -> saver.Pending:
        pending = saver.call_later(delay_s, call)
        threads.append(pending)  # type: ignore[arg-type]
        return pending

    opened = SettingsStore(tmp_path, later=later)
    opened.change(rate=180)
    threads[0].join(10)
    assert store(tmp_path).settings.rate == 180


def test_what_something_else_wrote_of_a_routine_is_read_when_asked_to(tmp_path: Path) -> None:
    first = SettingsStore(tmp_path)
    assert first.remembered("desk-break").hold_ms is None
    other = SettingsStore(tmp_path)
    other.remember("desk-break", Remembered(hold_ms=45_000))
    other.close()
    assert first.remembered("desk-break").hold_ms is None
    first.reread()
    assert first.remembered("desk-break").hold_ms == 45_000
    first.close()


def test_a_file_can_be_kept_where_nothing_was_chosen(tmp_path: Path) -> None:
    opened = store(tmp_path)
    opened.keep_file()
    opened.close()
    assert text(tmp_path) == ""
    assert store(tmp_path).settings == Settings()


def test_keeping_a_file_leaves_one_that_is_there_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("# mine\n", encoding="utf-8")
    opened = store(tmp_path)
    opened.keep_file()
    opened.close()
    assert text(tmp_path) == "# mine\n"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".bak"] == []


def test_what_is_chosen_after_that_is_in_the_same_file(tmp_path: Path) -> None:
    opened = store(tmp_path)
    opened.keep_file()
    opened.close()
    opened.change(rate=180)
    opened.close()
    assert store(tmp_path).settings == Settings(rate=180)


def test_a_file_that_is_wanted_while_another_is_written_is_kept_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = store(tmp_path)
    opened.remember("a", Remembered(rounds=2))
    real = toml_file.TomlFile.merge

    def merge(self: toml_file.TomlFile, *arguments: object) -> None:
        real(self, *arguments)  # type: ignore[arg-type]
        opened.keep_file()

    monkeypatch.setattr(toml_file.TomlFile, "merge", merge)
    opened.close()
    monkeypatch.undo()
    opened.close()
    assert (tmp_path / "settings.toml").exists()
