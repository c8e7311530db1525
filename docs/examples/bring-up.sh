#!/usr/bin/env bash
# Brings every place of the tables into service by API calls: founds it with rules and route from above, approves the rules, goes live.
#   PANEL=https://panel.example TOKEN=ep_… bring-up.sh [DIVISIONS.json] [DECISION]
# TOKEN belongs to a system administrator of the province and is made at /admin/tokens. Three invitations go out for each place, to the addresses
# below: put your own in. Done again it goes on where it broke off. PostgreSQL, SQLite: the same.
set -euo pipefail
readonly divisions=${1:-seeds/divisions/gansu.json} decision=${2:-全省统一组建}
: "${PANEL:?the address of the panel}" "${TOKEN:?an API token}"
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# One call; its status is printed, its body stands in $answer.
call() {
  curl --silent --show-error --output "$answer" --write-out '%{http_code}' --request "$1" "$PANEL/api/v1/$2" \
    --header "Authorization: Bearer $TOKEN" --header 'Content-Type: application/json' ${3:+--data "$3"}
}

must() {
  local status
  status=$(call "$@")
  [[ $status == 2* ]] || { echo "$1 $2: $status $(cat "$answer")" >&2; exit 1; }
}

person() { printf '{"role":"%s","userName":"%s-%s","displayName":"%s%s","email":"%s-%s@panel.example"}' "$1" "$2" "$4" "$3" "$5" "$4" "$2"; }

live=0
while IFS='|' read -r code name; do
  status=$(call GET "committees/$code/onboarding")
  # Whoever is live isn't ours to bring up any more.
  [[ $status == 404 ]] && continue
  [[ $status == 200 ]] || { echo "GET committees/$code/onboarding: $status $(cat "$answer")" >&2; exit 1; }
  if grep -q '"step":"founded","done":false' "$answer"; then
    must POST committees "{\"code\":\"$code\",\"administrators\":[$(person SystemAdministrator "$code" "$name" system 系统管理员),$(person SecurityAdministrator "$code" "$name" security 安全管理员),$(person AuditAdministrator "$code" "$name" audit 审计管理员)]}"
  fi
  if grep -q '"step":"rules","done":false' "$answer"; then
    must POST "committees/$code/rules-approval" "{\"version\":1,\"decision\":\"$decision\"}"
  fi
  must POST "committees/$code/live" "{\"reason\":\"$decision\"}"
  live=$((live + 1))
done < <(sed -n '/validTo/d; s/.*"code": "\([^"]*\)", "name": "\([^"]*\)".*"parent": "[^"]*".*/\1|\2/p' "$divisions")
echo "$live committees went live"
