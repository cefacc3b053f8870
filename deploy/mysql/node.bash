# shellcheck shell=bash disable=SC2034
# Shared by the scripts of the MySQL nodes: paths, messages, secrets, a server that only this container can reach.
set -euo pipefail
shopt -s inherit_errexit
umask 077

readonly etc=/opt/foobar/mysql
readonly volume=/var/lib/mysql
readonly data=$volume/data # appears only when it is complete
readonly socket=/run/mysqld/mysqld.sock
readonly setup_socket=/run/mysqld/setup.sock
readonly primary=mysql-primary

log() { printf '%s [%s] %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${0##*/}" "$*"; }
fail() { log "ERROR: $*" >&2; exit 1; }

# The content of /run/secrets/$1. Refuses characters that would end a quoted string in SQL or in an option file.
secret() {
  local value
  [[ -r /run/secrets/$1 ]] || fail "/run/secrets/$1 is missing or not readable by uid $(id -u); run the bootstrap service"
  value=$(<"/run/secrets/$1")
  [[ $value =~ ^[A-Za-z0-9_.~+/=-]+$ ]] || fail "/run/secrets/$1 is empty or has a character other than A-Z a-z 0-9 _ . ~ + / = -"
  printf '%s' "$value"
}

# An option file for the account $1 whose password is the secret $2; never an argument, never on disk.
credentials() { printf '[client]\nuser="%s"\npassword="%s"\n' "$1" "$(secret "$2")"; }

# Runs a client, which ends at its first error. The server may quote a password of a refused statement: the quotation and
# everything after it are removed, since it can have several lines.
unquoted() { { "$@" 2>&1 1>&3 3>&- | sed -u "/ near '/ { s/ near '.*/ near (statement not shown)/; q }" >&2; } 3>&1; }

# As root of the running server, by its socket.
as_root() { unquoted mysql --defaults-file=<(credentials root root-password) --socket="$socket" --batch --skip-column-names "$@"; }

# As root of a server under setup, which has no password yet.
at_setup() { unquoted mysql --no-defaults --user=root --socket="$setup_socket" --batch --skip-column-names "$@"; }

# Creates an empty data directory $1, from the one that the image's build made.
initialise() { mkdir "$1" && tar --extract --file="$etc/empty.tar.gz" --directory="$1"; }

# Starts a server on the data directory $1 that listens on the setup socket alone; returns when it responds.
start_setup() {
  mysqld --defaults-file="$config" --datadir="$1" --socket="$setup_socket" --skip-networking "${@:2}" &
  setup_server=$!
  local try
  for ((try = 0; try < 480; try++)); do
    kill -0 "$setup_server" 2>/dev/null || fail "the server under setup ended; its messages are above"
    at_setup --execute 'SELECT 1' >/dev/null 2>&1 && return
    sleep 0.25
  done
  fail "the server under setup did not respond within two minutes"
}

stop_setup() {
  kill "$setup_server"
  wait "$setup_server" || fail "the server under setup did not stop cleanly; its messages are above"
  setup_server=
}

setup_server=
trap '[[ -z $setup_server ]] || kill "$setup_server" 2>/dev/null || true' EXIT
trap 'exit 143' TERM INT
mkdir -p "$volume/tmp"
