# Sourced with $here, the folder packaging: leaves in $python one that has all that building needs.
#
# PyInstaller needs a Python with its shared library. The system's own comes first: it is the fastest, and the
# same on every computer with that system. PACKAGING_PYTHON names another.

is_fit() {
    [ -n "$1" ] && "$1" - 2>/dev/null <<'PROBE'
import ctypes, sys, sysconfig
if sys.platform.startswith("linux"):
    ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))
sys.exit(sys.version_info < (3, 11))
PROBE
}

find_fit() {
    for candidate in "$PACKAGING_PYTHON" /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11 python; do
        is_fit "$candidate" && return 0
    done
    return 1
}

if ! find_fit; then
    # Debian keeps the shared library apart from its Python.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ -x /usr/bin/python3 ]; then
        minor=$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "Installing from your system's packages, for Python's shared library: libpython$minor python3-venv" >&2
        apt-get -q update >/dev/null && apt-get -qy install "libpython$minor" python3-venv >/dev/null
    fi
    if ! find_fit; then
        echo "packaging: no Python 3.11 or newer with its shared library was found." >&2
        echo "Debian, Ubuntu: apt-get install python3 python3-venv libpython3-dev; or name one in PACKAGING_PYTHON." >&2
        exit 1
    fi
fi
python=$("$candidate" "$here/steps/environment.py") || exit 1
