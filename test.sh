#!/usr/bin/env bash
# The one test command (Linux). Installs what is missing where it may, builds once, runs every test. The last line counts them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# A program that the tests drive, and the Debian package that brings it.
readonly NEEDS=(
  "/usr/lib/postgresql/*/bin/initdb postgresql"
  "/usr/sbin/exim4 exim4-daemon-light"
  "/usr/sbin/dovecot dovecot-imapd"
  "/usr/lib/dovecot/lmtp dovecot-lmtpd"
  "/usr/lib/dovecot/modules/lib90_sieve_plugin.so dovecot-sieve"
  "/usr/sbin/clamd clamav-daemon"
  "/usr/bin/setpriv util-linux"
  "/usr/bin/chromium chromium"
  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk"
)

# Nothing outlives this script: temporary files and servers live under one folder, compilers end with the build.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Many programs that live for seconds: what the compiler spends on pages that are never writable and executable at once is a tenth of the run.
export DOTNET_EnableWriteXorExecute=0
work=$(mktemp -d "${TMPDIR:-/tmp}/ep.XXXXXX")
chmod 711 "$work"
running=""

clean_up() {
  if [[ -n $running ]] && kill -0 "$running" 2>/dev/null; then
    kill -TERM -- "-$running" 2>/dev/null || true
    sleep 2
    kill -KILL -- "-$running" 2>/dev/null || true
  fi
  # PostgreSQL leaves the group of the test that started it; its folder knows its process.
  local pid_file
  for pid_file in "$work"/expertpanel-postgres-*/data/postmaster.pid; do
    [[ -f $pid_file ]] && kill -QUIT "$(head -n 1 "$pid_file")" 2>/dev/null && sleep 1
  done
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

missing_packages() {
  local need
  for need in "${NEEDS[@]}"; do
    compgen -G "${need% *}" >/dev/null || echo "${need##* }"
  done
}

install() {
  local -a packages
  mapfile -t packages < <(missing_packages)
  ((${#packages[@]})) || return 0
  if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
    echo "missing: ${packages[*]} (apt-get install ${packages[*]})"
    echo "The tests that need them are skipped."
    [[ ${CI:-} != true ]]
    return
  fi
  echo "installing: ${packages[*]}"
  # A package must not start its own server here.
  local policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q && apt-get install -q -y --no-install-recommends "${packages[@]}"
}

# Adds a test program's counts to the totals. A program that breaks off counts as a failure.
passed=0 failed=0 skipped=0
run() {
  local name=$1 limit=$2 log="$work/$1.log" status=0
  local program="artifacts/bin/$name/debug/$name"
  echo "== $name"
  TMPDIR=$work setsid timeout --kill-after=20s "$limit" "$program" --no-ansi --progress off >"$log" 2>&1 &
  running=$!
  wait "$running" || status=$?
  running=""
  cat "$log"
  local ok bad
  ok=$(count succeeded "$log") bad=$(count failed "$log")
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + $(count skipped "$log")))
  if ((status != 0 && bad == 0)); then
    echo "$name ended with $status and named no failed test."
    failed=$((failed + 1))
  fi
}

count() { sed -n "s/^  $1: \([0-9]*\)\$/\1/p" "$2" | tail -n 1 | grep . || echo 0; }

command -v dotnet >/dev/null || { echo "The .NET SDK named in global.json is missing: https://dotnet.microsoft.com/download"; exit 2; }

install >"$work/install.log" 2>&1 &
installing=$!
started=$SECONDS
build=(-v q --nologo -p:UseSharedCompilation=false)
[[ ${CI:-} == true ]] && build+=(-p:RestoreLockedMode=true)
dotnet build ExpertPanel.sln "${build[@]}"
echo "== built in $((SECONDS - started)) s"
wait "$installing" || { cat "$work/install.log"; echo "What the tests need could not be installed."; exit 2; }
cat "$work/install.log"

run ExpertPanel.Tests 18m
run ExpertPanel.BrowserTests 16m

echo "== everything in $SECONDS s"
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
