#!/bin/sh
# Puts units, proxy and the command in their places, again after each update. Settings that are there stay.
# DESTDIR: another root than /, where no user is made and nothing is started anew.
set -eu
cd "$(dirname "$0")"
root=${DESTDIR:-}

if [ -z "$root" ] && ! id laksa >/dev/null 2>&1; then
	useradd --system --user-group --home-dir /var/lib/laksa --no-create-home --shell /usr/sbin/nologin laksa
fi

mkdir -p "$root/etc/laksa" "$root/etc/caddy/laksa.d" "$root/etc/systemd/system/caddy.service.d"
mkdir -p "$root/usr/local/bin" "$root/var/backups"
install -d -m 0700 "$root/var/backups/laksa"
[ -n "$root" ] || chown laksa:laksa /var/backups/laksa
[ -e "$root/etc/laksa/address.env" ] || install -m 0644 address.env "$root/etc/laksa/"
[ -e "$root/etc/laksa/laksa.env" ] || install -m 0600 laksa.env "$root/etc/laksa/"

[ ! -e "$root/etc/caddy/Caddyfile" ] || [ -e "$root/etc/caddy/Caddyfile.before-laksa" ] ||
	cp -p "$root/etc/caddy/Caddyfile" "$root/etc/caddy/Caddyfile.before-laksa"
install -m 0644 Caddyfile "$root/etc/caddy/Caddyfile"
install -m 0644 caddy.conf "$root/etc/systemd/system/caddy.service.d/laksa.conf"
install -m 0644 laksa.service laksa-backup.service laksa-backup.timer "$root/etc/systemd/system/"
install -m 0755 laksa "$root/usr/local/bin/laksa"
[ -n "$root" ] || systemctl daemon-reload
