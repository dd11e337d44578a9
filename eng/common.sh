# Shared by ./build, ./run, ./test and .ci/run. Sourced, not run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# Installs the Debian packages that provide what is missing: need COMMAND-OR-FILE PACKAGE ...
need() {
    local missing=()
    while [ $# -gt 0 ]; do
        case $1 in
            /*) [ -e "$1" ] || missing+=("$2") ;;
            *) command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || missing+=("$2") ;;
        esac
        shift 2
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || die "Missing: ${missing[*]}. Install them with your system's package tool and run this again."
    local sudo=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || die "Missing: ${missing[*]}. Install them (as root: apt-get install ${missing[*]}) and run this again."
        sudo=(sudo)
    fi
    say "installing ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

need_sdk() {
    command -v dotnet >/dev/null || die "The .NET 10 SDK is needed (command 'dotnet' not found): see https://dotnet.microsoft.com/download"
    # The native linker of ILC: gcc and the C library's development files.
    need gcc gcc /usr/include/stdio.h libc6-dev
}
