#!/usr/bin/env bash
# The same by hand: what a workflow does today with curl and jq, written with care. It ensures a worker with the role
# Identity Data Admin (and an icon, where ICON names one), proves its credentials, masks them and sets the outputs.
# `npm run bench` measures the action against it.
#
# Needs API_URL, AUTH_URL, ENVIRONMENT_ID, NAME, ADMIN_CLIENT_ID, ADMIN_CLIENT_SECRET, ADMIN_ENVIRONMENT_ID and
# GITHUB_OUTPUT in the environment.
set -euo pipefail

curl_json() {
  curl --silent --show-error --fail-with-body --max-time 15 --retry 3 "$@"
}

# api METHOD PATH [options of curl]: a request with the admin's token; PATH is below the environment, or a whole URL.
api() {
  local url="$2"
  [[ "$url" == http* ]] || url="$API_URL/environments/$ENVIRONMENT_ID$url"
  curl_json --request "$1" --header "Authorization: Bearer $token" "$url" "${@:3}"
}

api_json() {
  api "$1" "$2" --header 'Content-Type: application/json' --data "$3"
}

# The first application of the name, page by page; nothing where there is none.
find_worker() {
  local url="/applications" page found
  while [[ -n "$url" ]]; do
    page="$(api GET "$url")"
    found="$(jq --compact-output --arg name "$NAME" \
      'first(._embedded.applications[] | select(.name == $name and .type == "WORKER")) // empty' <<<"$page")"
    if [[ -n "$found" ]]; then
      printf '%s' "$found"
      return
    fi
    url="$(jq --raw-output '._links.next.href // empty' <<<"$page")"
  done
}

create_worker() {
  api_json POST /applications "$(jq --null-input --arg name "$NAME" '{
    name: $name, type: "WORKER", protocol: "OPENID_CONNECT", enabled: true, assignActorRoles: false,
    grantTypes: ["CLIENT_CREDENTIALS"], tokenEndpointAuthMethod: "CLIENT_SECRET_POST" }')"
}

# PUT replaces everything, so what was read goes back with the changes in it.
update_worker() {
  api_json PUT "/applications/$(jq --raw-output .id <<<"$1")" "$(jq \
    '. + { enabled: true, tokenEndpointAuthMethod: "CLIENT_SECRET_POST" } | del(._links, .environment, .createdAt, .updatedAt)' \
    <<<"$1")"
}

upload_icon() {
  local image
  image="$(api POST /images --header 'Content-Type: image/png' \
    --header 'Content-Disposition: attachment; filename=icon.png' --data-binary "@$ICON")"
  api_json PUT "/applications/$(jq --raw-output .id <<<"$1")" "$(jq --argjson image "$image" \
    '. + { icon: { id: $image.id, href: $image.targets.original.href } } | del(._links, .environment, .createdAt, .updatedAt)' \
    <<<"$1")"
}

grant_role() {
  local role assignments
  role="$(api GET "$API_URL/roles" | jq --raw-output '._embedded.roles[] | select(.name == "Identity Data Admin") | .id')"
  assignments="$(api GET "/applications/$1/roleAssignments")"
  if ! jq --exit-status --arg role "$role" --arg environment "$ENVIRONMENT_ID" \
    'any(._embedded.roleAssignments[]; .role.id == $role and .scope.id == $environment)' <<<"$assignments" >/dev/null; then
    api_json POST "/applications/$1/roleAssignments" "$(jq --null-input --arg role "$role" \
      --arg environment "$ENVIRONMENT_ID" '{ role: { id: $role }, scope: { id: $environment, type: "ENVIRONMENT" } }')" \
      >/dev/null
  fi
}

# New credentials take a moment to be known everywhere.
verify() {
  local attempt
  for attempt in 1 2 3 4 5; do
    if curl_json --output /dev/null --data grant_type=client_credentials --data-urlencode "client_id=$1" \
      --data-urlencode "client_secret=$2" "$AUTH_URL/$ENVIRONMENT_ID/as/token"; then
      return
    fi
    sleep "$attempt"
  done
  echo '::error::PingOne gives no token for the credentials of the worker.'
  exit 1
}

token="$(curl_json --user "$ADMIN_CLIENT_ID:$ADMIN_CLIENT_SECRET" --data grant_type=client_credentials \
  "$AUTH_URL/$ADMIN_ENVIRONMENT_ID/as/token" | jq --raw-output .access_token)"
echo "::add-mask::$token"

result=unchanged
worker="$(find_worker)"
if [[ -z "$worker" ]]; then
  worker="$(create_worker)"
  [[ -z "${ICON:-}" ]] || worker="$(upload_icon "$worker")"
  result=created
elif jq --exit-status '.enabled != true or .tokenEndpointAuthMethod != "CLIENT_SECRET_POST"' <<<"$worker" >/dev/null; then
  worker="$(update_worker "$worker")"
  result=updated
fi
client_id="$(jq --raw-output .id <<<"$worker")"
echo "::add-mask::$client_id"
grant_role "$client_id"
client_secret="$(api GET "/applications/$client_id/secret" | jq --raw-output .secret)"
echo "::add-mask::$client_secret"
verify "$client_id" "$client_secret"
{
  echo "client-id=$client_id"
  echo "client-secret=$client_secret"
  echo "environment-id=$ENVIRONMENT_ID"
  echo "result=$result"
} >>"$GITHUB_OUTPUT"
