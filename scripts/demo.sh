#!/bin/sh
# Builds the program and opens a training office with synthetic people.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
install_missing
exec cargo run --release --quiet -- demo "$@"
