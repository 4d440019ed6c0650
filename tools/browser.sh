#!/bin/sh
# Debian's Chromium for the browser tests: there already, or installed where we may, or a loud failure.
set -eu
[ -x /usr/bin/chromium ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's Chromium for the browser tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  exit 0
fi
echo "The browser tests need /usr/bin/chromium and may not install it here: run 'apt-get install chromium' as root." >&2
exit 1
