# Sourced by ./run and ./test with $here and $purpose: leaves in $python one that has all they need.
# When nothing changed since the last time this is one comparison, and no Python starts for it.

key=$(cd "$here" && pwd -P && cksum pyproject.toml tools/bootstrap.py tools/system_packages.py) || exit 1
venv=$here/.venv

is_ready() {
    [ -x "$venv/bin/python" ] && [ -r "$venv/ready-$purpose" ] && [ "$(cat "$venv/ready-$purpose")" = "$key" ]
}

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return 0
        fi
    done
    echo "Chain Timer needs Python 3.11 or newer, and found none." >&2
    echo "Install it with your system's packages (Debian, Ubuntu: apt-get install python3) or from python.org." >&2
    exit 1
}

if ! is_ready && [ ! -w "$here" ]; then
    # A checkout that cannot be written to: the environment goes to the person's cache.
    venv=${XDG_CACHE_HOME:-$HOME/.cache}/chain-timer/venv-$(printf %s "$here" | cksum | tr ' ' -)
fi
if ! is_ready; then
    find_python
    "$candidate" "$here/tools/bootstrap.py" "$purpose" "$venv" "$key" || exit
fi
python=$venv/bin/python
