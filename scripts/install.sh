# Sourced by the other scripts: installs what a fresh Debian lacks, and nothing that is there.
# need COMMAND-OR-FILE PACKAGE ...
missing=""
need() {
    thing=$1
    shift
    case $thing in
        /*) [ -e "$thing" ] || missing="$missing $*" ;;
        *) command -v "$thing" >/dev/null 2>&1 || missing="$missing $*" ;;
    esac
}
install_missing() {
    [ -z "$missing" ] && return 0
    root=""
    [ "$(id -u)" = 0 ] || root=sudo
    echo "installing:$missing" >&2
    $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
}
need cc build-essential
need pkg-config pkg-config
need /usr/include/openssl/ssl.h libssl-dev
