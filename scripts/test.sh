#!/bin/sh
# Runs every test: the library, the house rules, the screens, the command line, foreign tools, and journeys of the release build.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
need age age
need oathtool oathtool
need qpdf qpdf
need pdftotext poppler-utils
need tiffinfo libtiff-tools
need 7zz 7zip
need python3 python3 python3-venv
install_missing
# Where a fax server cannot be installed, its test says so and the stand-in for `sendfax` remains.
missing=""
need /usr/sbin/hfaxd hylafax-server
need /usr/bin/sendfax hylafax-client
install_missing || echo "without HylaFAX" >&2

# Foreign judges written in Python, in an environment of their own.
judges=${UKETSUKE_JUDGES:-target/judges}
if ! "$judges/bin/python" -c 'import sqlcipher3, cryptography, aiosmtpd, PIL' 2>/dev/null; then
    python3 -m venv "$judges" 2>/dev/null || { need python3-venv-missing python3-venv; install_missing; python3 -m venv "$judges"; }
    "$judges/bin/pip" install --quiet --disable-pip-version-check sqlcipher3-wheels cryptography aiosmtpd pillow
fi

cargo build --release --quiet
# Tests run in folders of their own: the paths must be absolute.
absolute() { case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac; }
# The second verifier of the log is tested by itself, with logs that it writes.
python=$(absolute "$judges/bin/python")
(cd tests/it/judges && "$python" -B -m unittest --quiet test_verify_export)
UKETSUKE_RELEASE_BINARY=$(absolute "${CARGO_TARGET_DIR:-target}/release/uketsuke") \
UKETSUKE_PYTHON=$(absolute "$judges/bin/python") \
    cargo test --features cheap-kdf "$@"
