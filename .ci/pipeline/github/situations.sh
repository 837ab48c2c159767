# Part of .ci/pipeline-test: the situations of the GitHub workflow. Uses its functions and variables.

origin=$work/github/origin kept=$work/github/kept

github_start() {
  local server=$here/pipeline/github/api-server.mjs
  mkdir -p "$kept"
  clone "$origin"
  printf '[]' >"$work/comments.json"
  "$trial_node" "$server" "$work/comments.json" "$kept/artifacts" >"$work/github-address" &
  servers+=($!)
  for _ in $(seq 50); do [ -s "$work/github-address" ] || sleep 0.1; done
  write_token=$(sed -n "s/^export const writeToken = '\(.*\)';$/\1/p" "$server")
  read_token=$(sed -n "s/^export const readToken = '\(.*\)';$/\1/p" "$server")
}

# github NAME EVENT BRANCH [option…]: runs the workflow for the event; its exit code is in $code, its log in $log. Only the first one
# runs the project's own tests.
github() {
  printf '\n===== GitHub: %s\n' "$1"
  log=$work/github-$1.log code=0
  local start=$SECONDS rest=()
  [ "${#situations[@]}" -eq 0 ] || rest=(--skip-own-tests)
  "$trial_node" "$here/pipeline/github/run.mjs" --event "$2" --branch "$3" --origin "$origin" --folder "$kept" \
    --api "$(cat "$work/github-address")" --token "$write_token" --var 'PERF_MACHINES=["perf-x64"]' \
    --var "PERF_FILTER=$perf_filter" --var "TEST_FILTER=$test_filter" \
    "${rest[@]}" "${@:4}" >"$log" 2>&1 || code=$?
  run=$(cat "$kept/runs")
  artifact=$kept/artifacts/10$run/performance-perf-x64
  situations+=("GitHub: $1")
  printf '  %s: exit code %d after %d s\n' "$1" "$code" $((SECONDS - start))
  grep -oE 'situation: .*|(Passed|Improved|Regressed|Not comparable): lookup.*|Inconclusive: .*lookup.*|^comment: .*|^the baseline: .*|^restore: .*|^::(warning|error).*' "$log" \
    | sort -u | cut -c1-260 | sed 's/^/  | /' || true
}

comment_count() { grep -c '"body": ' "$work/comments.json" || true; }
no_token_in_log() { ! grep -qF -e "$write_token" -e "$read_token" "$log"; }
# has_section MACHINE N: the comment has the section of the machine class that run N wrote.
has_section() { grep -q "machine=$1 run=10$2 -->" "$work/comments.json"; }

# Checks what every run must leave, whatever its verdict.
check_github_kept() {
  check 'results and test report are uploaded' test -s "$artifact/results/perf-x64/results.json" -a -s "$artifact/results/perf-x64/junit.xml"
  said '^replayed: ' || check 'the Allure report is uploaded' test -s "$artifact/allure-report/perf-x64/index.html"
  check 'the summary of the run has the report' grep -q 'perf-suite' "$kept/summary.md"
  check 'no token is in the log' no_token_in_log
}

github_static() {
  local workflow=$top/.github/workflows/performance_regression.yml
  printf '\n===== GitHub: the file and the scripts\n'
  check 'the runner of the trial, and validity by the schema of GitHub' "$trial_node" --test "$here/pipeline/github/run.test.mjs"
  check 'the comment script' "$trial_node" --test "$here/pr-comment.test.mjs"
  check 'the script that takes a lost baseline from artifacts' "$trial_node" --test "$here/restore.test.mjs"
  check 'every action is pinned by a commit, with its version' is "$(grep -c 'uses:' "$workflow")" "$(grep -cE 'uses: [a-z/-]+@[0-9a-f]{40} # v[0-9.]+$' "$workflow")"
  check 'the metrics that do not gate on hosted runners exist' reported_metrics_exist
}

# If a metric is renamed and its old name stays in REPORTED_ONLY, its rows fail the job on hosted runners again.
reported_metrics_exist() {
  local name names
  names=$(sed -n 's/^ *REPORTED_ONLY: //p' "$top/.github/workflows/performance_regression.yml" | tr '|' '\n' | sed 's/^Metric[=~]//')
  [ -n "$names" ] || return
  for name in $names; do grep -rqE "public void [a-z_]*$name" "$top/PerfTests/Theories" || return; done
}

github_pull_request_regressed() {
  plant "$origin"
  github pull-request-regressed pull_request a-change
  check 'the job fails' is "$code" 1
  check 'because of the measurement' said 'step Measure and judge: failure'
  check_github_kept
  check 'a row of the metric failed, and none passed' planted_rows_did_not_pass "$artifact/results/perf-x64/junit.xml"
  check 'there is one comment' is "$(comment_count)" 1
  check 'and it says what regressed' grep -q '\*\*❌.*lookup_arithmetic_time' "$work/comments.json"
  regressed=$artifact/results/perf-x64
  share "$regressed"
}

# These situations take the results of the last run, because they measure the same code.
github_pull_request_surroundings() {
  local before
  github pull-request-again pull_request a-change --replay "$regressed"
  check 'the comment is updated, not doubled' is "$(comment_count)" 1
  check 'by the new run' has_section perf-x64 "$run"

  before=$(cat "$work/comments.json")
  github pull-request-of-fork pull_request a-change --replay "$regressed" --fork --token "$read_token"
  check 'the verdict decides' said 'step Measure and judge: failure'
  check 'the comment step passes and says why there is no comment' said 'comment: skipped: GitHub answered 403; the token of a pull request from a fork'
  check 'the comment stays as it was' is "$(cat "$work/comments.json")" "$before"
  check_github_kept

  github two-machines pull_request a-change --replay "$regressed" --var 'PERF_MACHINES=["perf-x64","perf-x64-b"]'
  check 'one comment shows both machine classes' test "$(comment_count)" = 1 -a "$(grep -o 'machine=perf-x64[b-]* run=[0-9]*' "$work/comments.json" | sort -u | wc -l)" = 2

  github hosted-runner pull_request a-change --replay "$regressed" --var 'PERF_MACHINES=["ubuntu-24.04"]' --var PERF_FILTER=
  check 'rows of two threads and of single operations do not gate there' said 'filter Category=Perf&Metric!=two_thread_cycle_time&Metric!=cross_process_transfer_bandwidth&Metric!~tail_latency$'
  check 'they are measured and reported' said 'filter Category=Perf&\(Metric=two_thread_cycle_time\|Metric=cross_process_transfer_bandwidth\|Metric~tail_latency\)$'
  check 'and their failure is tolerated' said 'step Measure without judging: failure .*, tolerated'

  github push-of-a-branch push a-change
  check 'a push to another branch starts no job' is "$code" 3
  github acceptance-elsewhere workflow_dispatch a-change --replay "$regressed" --input 'reason=it is needed'
  check 'a regression is accepted on the default branch only' said '^::error::Regressed rows are accepted on the default branch only'
  check 'and nothing is measured' said 'step Measure and judge: skipped'

  [ "$quick" -eq 0 ] || return 0
  github read-only-token pull_request a-change --replay "$regressed" --token "$read_token"
  check 'the comment step says what is missing' said 'comment: skipped: GitHub answered 403; the token needs pull-requests: write'
  check_github_kept

  github two-machines-again pull_request a-change --replay "$regressed" --var 'PERF_MACHINES=["perf-x64","perf-x64-b"]'
  github one-of-two-machines pull_request a-change --replay "$regressed"
  check 'a run of one machine class keeps the section of the other' has_section perf-x64-b $((run - 1))
}

# Situations of the default branch that take the results of a run that regressed. The complete trial measures instead.
github_default_branch_quick() {
  github push-regressed push main --replay "$regressed"
  check 'the job fails' is "$code" 1
  check 'the regression does not become the baseline' isnt compgen -G "$artifact/results/perf-x64/baseline-*.json"
  check 'a missing baseline is a warning' said '^::warning title=Performance baseline::neither the cache nor the artifacts'

  github acceptance workflow_dispatch main --replay "$regressed" --input 'reason=the address is checked now'
  check 'it passes' is "$code" 0
  check 'the suite learns the reason and the person' said 'accepted, reason: the address is checked now, by a-person$'
  check 'the accepted baseline is published' compgen -G "$artifact/results/perf-x64/baseline-*.json"

  github schedule schedule main --replay "$regressed"
  check 'the accepted baseline is in the cache' said "Cache restored from key: perf:perf-x64:10$((run - 1))-1"
  rm -rf "$kept/caches"
  github lost-cache schedule main --replay "$regressed"
  check 'the accepted baseline is found in the artifacts of the last run' said '^restore: the baseline'
  in_origin checkout --quiet main
  in_origin merge --quiet --no-edit a-change
  github_narrowed
}

# One row is measured; all others must keep their entries in the baseline.
github_narrowed() {
  local before after=$kept/workspace/.cache/perf/baselines
  before=$(rows_of "$after"/*.json)
  github narrowed-filter push main --var 'PERF_FILTER=Category=Perf&Metric=lookup_arithmetic_time&DisplayName~10000'
  check 'it passes' is "$code" 0
  check 'one row is measured' is "$(rows_of "$artifact/results/perf-x64/results.json" | wc -l)" 1
  check 'the baseline has the rows that it had before' test "$(wc -l <<<"$before")" -gt 1 -a "$(rows_of "$after"/*.json)" = "$before"
}
rows_of() { sed -n 's/^ *"name": "\(lookup[^"]*\)",$/\1/p' "$1" | LC_ALL=C sort -u; }

github_push_and_schedule() {
  github push push main
  check 'it passes' is "$code" 0
  check_github_kept
  check 'the baseline is published' compgen -G "$artifact/results/perf-x64/baseline-*.json"
  check 'no comment' is "$(comment_count)" 0

  github schedule schedule main
  check 'it passes' is "$code" 0
  check_github_kept
  check 'the cache of the push is restored' said "Cache restored from key: perf:perf-x64:10$((run - 1))-1"
  check "it is judged by the default branch's baseline" isnt grep -qi 'Not comparable' "$artifact/results/perf-x64/report.md"
  check 'the series has both runs' is "$(tail -n +2 "$artifact/results/perf-x64/otava.csv" | wc -l)" 2
}

github_pull_request_unchanged() {
  in_origin checkout --quiet -b a-change
  printf '\n// A remark.\n' >>"$origin/Shm.Arena/ShmArena.cs"
  in_origin commit --quiet -am 'A change that costs nothing'
  github pull-request pull_request a-change
  check 'it passes' is "$code" 0
  check_github_kept
  check 'it was paired with the base' said "judged by $(in_origin rev-parse main)"
  check 'the comment is written' is "$(comment_count)" 1
  check 'and says that nothing regressed' isnt grep -q '❌' "$work/comments.json"
  github pull-request-again-unchanged pull_request a-change
  check 'it passes' is "$code" 0
  check 'the comment is updated, not doubled' test "$(comment_count)" = 1
}

# A regression reaches the default branch, and is accepted there. Then the cache is lost, and then the artifacts too.
github_regression_merged() {
  in_origin checkout --quiet main
  in_origin merge --quiet --no-edit a-change
  github push-regressed push main
  check 'the job fails' is "$code" 1
  check_github_kept
  check 'the regression does not become the baseline' isnt compgen -G "$artifact/results/perf-x64/baseline-*.json"
  check 'and it is said why, and how to accept it' said 'Cannot accept the run as the baseline.*accept'

  github acceptance workflow_dispatch main --input 'reason=the address is checked now'
  check 'it passes' is "$code" 0
  check_github_kept
  check 'what is accepted becomes the baseline, with reason and person' grep -q 'the address is checked now' "$artifact"/results/perf-x64/baseline-*.json
  check 'and the log says it' said 'accepted.*the address is checked now|the address is checked now.*accepted'
  check 'and by whom' said 'a-person'
  github_narrowed

  rm -rf "$kept/caches"
  github lost-cache schedule main
  check 'the accepted baseline is found in the artifacts of the last run' said '^restore: the baseline'
  check 'it passes' is "$code" 0
  rm -rf "$kept/caches" "$kept/artifacts"
  github lost-cache-and-artifacts schedule main
  check 'the job warns' said '^::warning'
}

github_by_hand() {
  in_origin checkout --quiet -b by-hand
  in_origin revert --no-edit "$(in_origin rev-parse a-change)" >/dev/null
  github dispatch workflow_dispatch by-hand --input base=HEAD~1
  check 'it passes' is "$code" 0
  check_github_kept
  check 'it was paired with the revision' said 'judged by HEAD~1'
}

try_github() {
  github_start
  github_static
  if [ "$quick" -eq 0 ]; then
    github_push_and_schedule
    github_pull_request_unchanged
    github_pull_request_regressed
    github_pull_request_surroundings
    github_regression_merged
    github_by_hand
  else
    left_out+=('GitHub: push' 'GitHub: pull-request' 'GitHub: pull-request-again-unchanged' 'GitHub: read-only-token')
    left_out+=('GitHub: one-of-two-machines' 'GitHub: lost-cache-and-artifacts' 'GitHub: dispatch')
    in_origin checkout --quiet -b a-change
    github_pull_request_regressed
    github_pull_request_surroundings
    github_default_branch_quick
  fi
}
