#!/bin/sh
# Makes .venv from the lock file and sees to WeasyPrint's system library (Pango). Run by make, once.
set -eu
cd "$(dirname "$0")/.."

python=""
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || { echo "setup: no Python 3.11 or newer found: install one, or run make PYTHON=/path/to/python" >&2; exit 69; }

[ -x .venv/bin/python ] || "$python" -m venv .venv || {
    echo "setup: $python cannot make virtual environments: on Debian run: apt-get install python3-venv" >&2; exit 69; }
echo "setup: installing the locked dependencies into .venv" >&2
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
# Some installers leave byte code out and some environments forbid writing it later: start-up would be three times slower.
.venv/bin/python -m compileall -q .venv/lib compare || true

pango() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }
if ! pango; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "setup: installing Pango with apt-get" >&2
        apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
            libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >&2 || true
    elif [ "$(uname)" = Darwin ] && command -v brew >/dev/null; then
        echo "setup: installing Pango with brew" >&2
        brew install --quiet pango >&2 || true
    fi
fi
pango || {
    echo "setup: WeasyPrint needs Pango. Run:" \
        "'sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0' on Debian," \
        "'sudo dnf install pango' on Fedora, 'brew install pango' on macOS; then make again" >&2
    exit 69
}
