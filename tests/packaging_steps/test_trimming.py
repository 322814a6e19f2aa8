"""What of Qt and of the system goes into the bundle, and that nothing comes in unseen."""

from types import SimpleNamespace

import pytest
from helpers.shipping import step

trimming = step("trimming")

PLUGINS = "PySide6/Qt/plugins"


def entry(destination: str, kind: str = "BINARY") -> tuple[str, str, str]:
    return destination, f"/from/{destination}", kind


def destinations(entries: list[tuple[str, str, str]]) -> list[str]:
    return [each[0] for each in entries]


@pytest.mark.parametrize(
    "destination",
    [
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/Qt6Core.dll",
        "PySide6/QtWidgets.pyd",
        "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
        f"{PLUGINS}/platforms/libqxcb.so",
        f"{PLUGINS}/platforms/libqwayland.so",
        f"{PLUGINS}/imageformats/libqwebp.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "libxcb-cursor.so.0",
        "libpulse.so.0",
        "espeakng_loader/libespeak-ng.so",
        "espeakng_loader/espeak-ng-data/ru_dict",
        "chain_timer/resources/about.toml",
    ],
)
def test_what_the_program_uses_is_kept(destination: str) -> None:
    assert trimming.is_kept(destination) is True


@pytest.mark.parametrize(
    "destination",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/QtQml.abi3.so",
        "PySide6/QtDBus.pyd",
        "PySide6/Qt/lib/libavcodec.so.61",
        "libQt6Pdf.so.6",
        f"{PLUGINS}/multimedia/libffmpegmediaplugin.so",
        f"{PLUGINS}/imageformats/libqtiff.so",
        f"{PLUGINS}/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "espeakng_loader/libespeak-ng.so.1",
        "numpy-2.4.6.dist-info/METADATA",
        "libgtk-3.so.0",
        "libstdc++.so.6",
        "libfontconfig.so.1",
    ],
)
def test_what_nothing_here_loads_is_left_out(destination: str) -> None:
    assert trimming.is_kept(destination) is False


@pytest.mark.parametrize(
    "destination",
    ["PySide6/Qt/lib/libQt6Telepathy.so.6", f"{PLUGINS}/moods/libcheerful.so", "PySide6/Qt6Telepathy.dll"],
)
def test_a_new_part_of_qt_stops_the_build_and_is_named(destination: str) -> None:
    analysis = SimpleNamespace(binaries=[entry(destination)], datas=[])
    with pytest.raises(trimming.UnknownPartError, match=destination.rpartition("/")[2]):
        trimming.trim(analysis, lambda _path: [])


def test_a_library_that_came_along_for_a_dropped_one_goes_with_it() -> None:
    needs = {
        "/from/_sqlite3.cpython-311-x86_64-linux-gnu.so": ["libsqlite3.so.0", "libc.so.6"],
        "/from/libsqlite3.so.0": ["libdeep.so.1"],
        "/from/libssl.so.3": ["libcrypto.so.3"],
    }
    names = ["_sqlite3.cpython-311-x86_64-linux-gnu.so", "libcrypto.so.3", "libdeep.so.1", "libsqlite3.so.0"]
    entries = [entry(name) for name in (*names, "libssl.so.3", "libpython3.11.so.1.0")]
    staying = destinations(trimming.without_orphans(entries, lambda path: needs.get(path, [])))
    assert staying == [names[0], "libdeep.so.1", "libsqlite3.so.0", "libpython3.11.so.1.0"]


def test_a_link_to_a_dropped_library_goes_with_it() -> None:
    links = [entry("libQt6Svg.so.6", "SYMLINK"), entry("libQt6Core.so.6", "SYMLINK")]
    binaries = [entry("PySide6/QtCore.abi3.so"), entry("PySide6/Qt/lib/libQt6Core.so.6")]
    analysis = SimpleNamespace(binaries=[*binaries, entry("PySide6/Qt/lib/libQt6Svg.so.6")], datas=links)
    trimming.trim(analysis, lambda path: ["libQt6Core.so.6"] if path.endswith("QtCore.abi3.so") else [])
    assert destinations(analysis.datas) == ["libQt6Core.so.6"]


def test_the_order_is_the_same_however_the_parts_were_found() -> None:
    found = [entry("b/data", "DATA"), entry("a/data", "DATA"), entry("c/data", "DATA")]
    assert trimming.kept(found, []) == trimming.kept(reversed(found), []) == sorted(found)


def test_nothing_is_both_kept_and_dropped() -> None:
    assert not {
        name for name in trimming.QT_LIBRARIES if trimming._matches(name, trimming.QT_LIBRARIES_DROPPED)
    }


def test_every_reason_is_given() -> None:
    told = [trimming.QT_LIBRARIES_DROPPED, trimming.PLUGINS_DROPPED, trimming.FROM_THE_SYSTEM]
    assert [name for table in told for name, reason in table.items() if not reason] == []
