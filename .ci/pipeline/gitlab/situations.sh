# Part of .ci/pipeline-test: the situations of the GitLab pipeline. Uses its functions and variables.

project=$work/gitlab/project artifacts=$work/gitlab/artifacts
replay=$here/pipeline/replay

gitlab_start() {
  clone "$project"
  cd "$project"
  git remote set-url origin git@gitlab.example:a-team/perftests.git
  mkdir -p "$artifacts"
  start_notes_server "$artifacts"
}

# gitlab SOURCE [option…]: runs gitlab-ci-local; SOURCE is the kind of the pipeline.
gitlab() {
  local source=$1
  shift
  local options=(
    --force-shell-executor --shell-isolation --no-artifacts-to-source --no-color
    --ignore-predefined-vars 'CI_PIPELINE_SOURCE,CI_PIPELINE_CREATED_AT,CI_DEFAULT_BRANCH,CI_API_V4_URL,CI_PROJECT_ID'
    --variable "CI_PIPELINE_SOURCE=$source" --variable "CI_PIPELINE_CREATED_AT=$(date --utc --date="@${#situations[@]}" +%FT%TZ)" --variable CI_DEFAULT_BRANCH=main
    --variable CI_PROJECT_ID=1 --variable "CI_API_V4_URL=$(cat "$work/address")" --variable "PERF_COMMENT_TOKEN=$token"
    --variable "PERF_FILTER=$perf_filter" --variable "TEST_FILTER=$test_filter"
    --variable "NUGET_PACKAGES=${NUGET_PACKAGES:-$HOME/.nuget/packages}" --variable "npm_config_cache=${npm_config_cache:-$HOME/.npm}"
  )
  [ -z "${PERF_LOCK_FOLDER:-}" ] || options+=(--variable "PERF_LOCK_FOLDER=$PERF_LOCK_FOLDER")
  if [ "$source" = merge_request_event ]; then
    options+=(
      --unset-variable CI_COMMIT_BRANCH --variable CI_MERGE_REQUEST_IID=5
      --variable "CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git merge-base main HEAD)"
    )
  fi
  "$trial_node" "$here/pipeline/node_modules/gitlab-ci-local/dist/index.js" "${options[@]}" "$@"
}

artifact() { find .gitlab-ci-local/artifacts -path "*/$1" -print -quit | grep .; }
folder_of() { dirname "$(artifact "$1" || echo "$work/missing/file")"; }
results_of() { folder_of "results/$1/results.json"; }
attribute() { grep -o '<testsuite [^>]*' "$1" | grep -o " $2=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ n += $1 } END { print n + 0 }'; }
jobs_of() { gitlab "$@" --list-csv 2>/dev/null | tail -n +2 | cut -d';' -f1 | tr -d '"' | sed 's/: \[.*//' | LC_ALL=C sort -u | paste -sd' '; }
# has_section MACHINE N: the comment has the section of the machine class that situation N wrote.
has_section() { grep -q "machine=$1 run=${2}000 -->" "$work/notes.json"; }

# situation NAME SOURCE [option…]: runs a situation; its exit code is in $code, its log in $log. Only the first situation runs the project's
# own tests. The others, and with --quick the first one too, leave out the build in the job build, because test and perf build too.
situation() {
  local source=$2
  printf '\n===== GitLab: %s\n' "$1"
  rm -rf .gitlab-ci-local/artifacts .gitlab-ci-local/builds
  log=$work/gitlab-$1.log code=0
  local start=$SECONDS path=$replay:$PATH with_tests=''
  if [ "${#situations[@]}" -eq 0 ]; then
    with_tests=1
    [ "$quick" -eq 1 ] || path=$PATH
  fi
  situations+=("GitLab: $1")
  REPLAY_TESTS=$with_tests PATH=$path gitlab "$source" "${@:3}" >"$log" 2>&1 || code=$?
  printf '  %s: exit code %d after %d s\n' "$1" "$code" $((SECONDS - start))
  grep -oE 'situation: .*|(Passed|Improved|Regressed|Not comparable): lookup.*|Inconclusive: .*lookup.*|comment: .*|the baseline: .*|restore: .*|The run regressed.*' "$log" \
    | sort -u | cut -c1-260 | sed 's/^/  | /' || true
  [ -z "$keep" ] || cp -r .gitlab-ci-local/artifacts "$work/kept-gitlab-$1"
}

# replayed NAME SOURCE RESULTS [option…]: runs a situation with the results of an earlier run.
replayed() { REPLAYED_RESULTS=$3 PATH=$replay:$PATH situation "$1" "$2" "${@:4}"; }

# Checks what every situation must leave, whatever its verdict.
check_kept() {
  local junit metrics
  junit=$(artifact results/perf-x64/junit.xml || true)
  metrics=$(artifact results/perf-x64/metrics.txt || true)
  check 'the test report is kept, with rows' test "$(attribute "${junit:-/dev/null}" tests)" -gt 0
  check 'the metrics report is kept, with the name of the machine class as a label' grep -q '^perf_[a-z_]*{machine="perf-x64",[^ ]*} [0-9.]*$' "${metrics:-/dev/null}"
  check 'the metrics report ends as it should' is "$(tail -n 1 "${metrics:-/dev/null}")" '# EOF'
  check 'results JSON, comparison text and Markdown are kept' test -n "$(artifact results/perf-x64/results.json && artifact 'results/perf-x64/comparison_*.txt' && artifact results/perf-x64/report.md)"
  check 'the Allure results are kept' artifact 'results/perf-x64/allure-results/*-result.json'
  check 'the Allure report is built, with its overview' test -n "$(artifact allure-report/perf-x64/index.html && artifact allure-report/perf-x64/overview.html)"
  check 'a page leads to it' grep -q 'perf-x64/index.html' "$(artifact allure-report/index.html || echo /dev/null)"
  grep -qE '(left out|replayed): dotnet test' "$log" || check "the project's own tests are kept for the report" test -n "$(artifact 'test/allure-results/*-result.json' && artifact test/TestResults/junit.xml)"
}

# Unpacks promtool from its package, because installing the package would start a server.
find_promtool() {
  promtool=$(command -v promtool || true)
  if [ -z "$promtool" ]; then
    (cd "$work" && apt_get download -qq prometheus && dpkg-deb -x prometheus_*.deb prometheus) \
      || { printf 'pipeline-test: install promtool first\n' >&2; exit 2; }
    promtool=$work/prometheus/usr/bin/promtool
  fi
}
# Checks that a file is OpenMetrics. The strict parser of promtool requires a time for each sample, which is added first.
is_open_metrics() {
  sed -E 's/^perf_.*$/& 1700000000/' "$1" >"$work/open-metrics.txt" \
    && "$promtool" tsdb create-blocks-from openmetrics "$work/open-metrics.txt" "$work/blocks"
}

# Opens every row and the overview in a browser: no console error, and no request that leaves the machine. The browser works on copies, so
# that the next situations can run meanwhile; its process is $browser.
start_browser() {
  local folder
  rm -rf "$work/opened" && mkdir -p "$work/opened/results"
  for folder in test results/perf-x64; do
    cp "$(folder_of "$folder/allure-results/environment.properties")"/* "$work/opened/results/" || true
  done
  cp -r "$(folder_of allure-report/perf-x64/index.html)" "$work/opened/report" || true
  node "$report/check.mjs" "$work/opened/report" "$work/opened/results" "$work/kept-screenshots" >"$work/browser.log" 2>&1 &
  browser=$! && servers+=("$browser")
}
check_browser() { check "the Allure report of merge-request-regressed shows every row in a browser" wait "$browser"; }

gitlab_static() {
  printf '===== GitLab: the file and the scripts\n'
  check "it is valid by GitLab's schema, and a push to the default branch has its jobs" is "$(jobs_of push)" 'build pages perf report test test:scripts'
  check 'a merge request has its jobs' is "$(jobs_of merge_request_event)" 'build comment perf report test test:scripts'
  if [ "$quick" -eq 0 ]; then
    check 'a schedule has its jobs' is "$(jobs_of schedule)" 'build pages perf report test test:scripts'
    check 'a manual pipeline has its jobs' is "$(jobs_of web)" 'build pages perf report test test:scripts'
  fi
}

gitlab_default_branch() {
  situation default-branch push
  check 'it passes' is "$code" 0
  check_kept
  check 'the baseline is published' artifact 'results/perf-x64/baseline-*.json'
  check 'the missing baseline is a warning' grep -q '^.*warning: there is no baseline of machine class' "$log"
  check 'rows are paired and not new' isnt grep -qi 'Not comparable' "$(artifact results/perf-x64/report.md || echo /dev/null)"
  check 'Pages has the report' artifact public/perf-x64/index.html
  check 'no comment' is "$(note_count)" 0

  situation schedule schedule
  check 'it passes' is "$code" 0
  check_kept
  check "it is judged by the default branch's baseline" isnt grep -qi 'Not comparable' "$(artifact results/perf-x64/report.md || echo /dev/null)"
  check 'the history has both runs' is "$(wc -l <"$(artifact results/perf-x64/history.jsonl || echo /dev/null)")" 2
  check 'change points are computed' artifact results/perf-x64/change-points.json
  check 'the series has both runs' is "$(tail -n +2 "$(artifact results/perf-x64/otava.csv || echo /dev/null)" | wc -l)" 2
  check "the report's history has both runs" is "$(find .gitlab-ci-local/cache -name history.jsonl -path '*allure*' -exec cat {} + | wc -l)" 2
  check 'Pages has the report' artifact public/perf-x64/index.html
}

gitlab_merge_request() {
  git checkout --quiet -b a-change
  printf '\n// A remark.\n' >>Shm.Arena/ShmArena.cs
  git commit --quiet -am 'A change that costs nothing'
  situation merge-request merge_request_event
  check 'it passes' is "$code" 0
  check_kept
  check 'it was paired with the merge base' grep -q "judged by $(git rev-parse main)" "$log"
  check 'the comment is written' is "$(note_count)" 1
  check 'and says that nothing regressed' isnt grep -q 'REGRESSED' "$work/notes.json"
  check 'no Pages' isnt artifact 'public/*'
}

check_merge_request_regressed() {
  check 'it fails' isnt is "$code" 0
  check 'because of the measurement' grep -qE 'perf: \[perf-x64\].*FAIL' "$log"
  grep -q 'left out: node --test' "$log" || check 'the tests of the scripts pass' grep -qE '^ *PASS +test:scripts' "$log"
  check_kept
  check 'a row of the metric failed, and none passed' planted_rows_did_not_pass "$(artifact results/perf-x64/junit.xml || echo /dev/null)"
  check 'the test report has the message' grep -q 'message="Regressed: lookup_arithmetic_time(arena, segments=[0-9]*) ' "$(artifact results/perf-x64/junit.xml || echo /dev/null)"
  check 'there is one comment' is "$(note_count)" 1
  check 'and it says what regressed' grep -q '\*\*❌ REGRESSED.*measure again: .*lookup_arithmetic_time' "$work/notes.json"

  check 'promtool reads the metrics report' is_open_metrics "$(artifact results/perf-x64/metrics.txt || echo /dev/null)"
  start_browser
  [ "$quick" -eq 1 ] || check_browser # the next situation measures
  check 'the picture of the overview is taken' "$here/report-picture" "$(artifact allure-report/perf-x64/overview.html || echo none)" "$work/kept-picture.png"
}

machines() { sed -i "s/- MACHINE: \[.*\]/- MACHINE: [$1]/" .gitlab-ci.yml && git commit --quiet -am "Machines: $1"; }

# Two machine classes, then only one of them. Both situations take the results of the run that regressed.
gitlab_two_machines() {
  machines 'perf-x64, perf-x64-b'
  replayed two-machines merge_request_event "$1"
  check 'one comment shows both machine classes' test "$(note_count)" = 1 -a "$(grep -o 'machine=perf-x64[b-]* run=' "$work/notes.json" | sort -u | wc -l)" = 2
  local both=${#situations[@]}
  machines perf-x64
  [ "$quick" -eq 0 ] || return 0
  replayed one-of-two-machines merge_request_event "$1"
  check 'a pipeline of one machine class updates its section' has_section perf-x64 "${#situations[@]}"
  check 'and keeps that of the other' has_section perf-x64-b "$both"
}

keep_artifacts() { rm -rf "$artifacts/results" && cp -r "$(dirname "$(results_of perf-x64)")" "$artifacts/results"; }

# These situations take the results of the run that regressed.
gitlab_accepted_and_lost_cache() {
  git checkout --quiet main
  git merge --quiet --no-edit a-change
  replayed accepted push "$1" --variable 'PERF_UPDATE_REASON=the address is checked now' --variable GITLAB_USER_LOGIN=a.person
  check 'it passes' is "$code" 0
  check 'the suite learns the reason and the person' grep -q 'accepted, reason: the address is checked now, by a.person$' "$log"
  check 'the accepted baseline is published' artifact 'results/perf-x64/baseline-*.json'
  gitlab_lost_cache "$1"
}
gitlab_lost_cache() {
  keep_artifacts
  rm -rf .gitlab-ci-local/cache
  replayed lost-cache schedule "$1"
  check 'the accepted baseline is found in the artifacts of the last pipeline' grep -q 'restore: the baseline' "$log"
  check 'and is not published again' isnt artifact 'results/perf-x64/baseline-*.json'
}

gitlab_regression_merged() {
  git checkout --quiet main
  git merge --quiet --no-edit a-change
  machines 'perf-x64, perf-x64-b'
  situation default-branch-regressed push
  check 'it fails' isnt is "$code" 0
  check_kept
  check 'the second machine class has no baseline, and is judged by pairing' grep -qi 'paired' "$(artifact results/perf-x64-b/report.md || echo /dev/null)"
  check 'the second machine class has a report' artifact allure-report/perf-x64-b/index.html
  check 'and the page leads to it' grep -q 'perf-x64-b/index.html' "$(artifact allure-report/index.html || echo /dev/null)"
  check 'the regression does not become the baseline' isnt artifact 'results/perf-x64/baseline-*.json'
  check 'and it is said why, and how to accept it' grep -q 'Cannot accept the run as the baseline.*To accept .* all the same' "$log"

  machines perf-x64
  situation accepted push --variable 'PERF_UPDATE_REASON=the address is checked now' --variable GITLAB_USER_LOGIN=a.person
  check 'it passes' is "$code" 0
  check 'it says what was accepted, why and by whom' grep -q 'accepted although worse: lookup_arithmetic_time.*reason: the address is checked now, started by a.person' "$log"
  check 'what is accepted with a reason becomes the baseline' grep -q 'the address is checked now' "$(artifact 'results/perf-x64/baseline-*.json' || echo /dev/null)"
  gitlab_lost_cache "$(results_copy)"
}
results_copy() { rm -rf "$work/accepted" && cp -r "$(results_of perf-x64)" "$work/accepted" && printf '%s' "$work/accepted"; }

# The slowdown is taken back first, because a speed-up must hold whatever the run is paired with.
gitlab_by_hand() {
  git checkout --quiet -b by-hand
  git revert --no-edit "$slower" >/dev/null
  situation manual web --variable "CI_COMMIT_BRANCH=by-hand" --variable "PERF_BASE=HEAD~1"
  check 'it passes' is "$code" 0
  check_kept
  check 'it was paired with the revision' grep -q 'judged by HEAD~1' "$log"
}

try_gitlab() {
  gitlab_start
  find_promtool
  gitlab_static
  local regressed
  if [ "$quick" -eq 0 ]; then
    gitlab_default_branch
    gitlab_merge_request
  else
    left_out+=('GitLab: default-branch' 'GitLab: schedule' 'GitLab: merge-request' 'GitLab: one-of-two-machines')
    left_out+=('GitLab: default-branch-regressed' 'GitLab: manual')
    git checkout --quiet -b a-change
  fi
  plant .
  slower=$(git rev-parse HEAD)
  if regressed=$(shared_results); then
    REPLAY_ALLURE=1 replayed merge-request-regressed merge_request_event "$regressed"
  else
    situation merge-request-regressed merge_request_event
  fi
  check_merge_request_regressed
  cp -r "$(results_of perf-x64)" "$work/regressed"
  gitlab_two_machines "$work/regressed"
  if [ "$quick" -eq 0 ]; then
    gitlab_regression_merged
    gitlab_by_hand
  else
    gitlab_accepted_and_lost_cache "$work/regressed"
    check_browser
  fi
}
