# Part of .ci/pipeline-test: the situations of the Jenkinsfile. Uses its functions and variables.

origin=$work/jenkins/origin kept=$work/jenkins/kept

jenkins_start() {
  clone "$origin"
  start_notes_server none
  # The project is on GitLab.
  comment_to=(--env "CI_API_V4_URL=$(cat "$work/address")" --env CI_PROJECT_ID=1 --env "PERF_COMMENT_TOKEN=$token")
}

# jenkins NAME BRANCH [option…]: runs a build of the branch; its exit code is in $code, its log in $log, its artifacts in $archive. Only
# the first one runs the project's own tests.
jenkins() {
  printf '\n===== Jenkins: %s\n' "$1"
  log=$work/jenkins-$1.log code=0
  local start=$SECONDS job=$2 number rest=()
  [ "${#situations[@]}" -eq 0 ] || rest=(--skip-own-tests)
  case " $* " in *' --change '*) job=PR-5 ;; esac
  "$trial_node" "$here/pipeline/jenkins/run.mjs" --branch "$2" --origin "$origin" --folder "$kept" \
    --param "PERF_FILTER=$perf_filter" --param "TEST_FILTER=$test_filter" "${comment_to[@]}" "${rest[@]}" "${@:3}" >"$log" 2>&1 || code=$?
  workspace=$kept/jobs/$job/workspace/perf-x64
  number=$(cat "$kept/jobs/$job/last" || echo 0)
  archive=$kept/jobs/$job/builds/$number/archive
  situations+=("Jenkins: $1")
  printf '  %s: exit code %d after %d s\n' "$1" "$code" $((SECONDS - start))
  grep -oE 'situation: .*|(Passed|Improved|Regressed|Not comparable): lookup.*|Inconclusive: .*lookup.*|^the baseline: .*|^restore: .*|^comment: .*|^warning: .*' "$log" \
    | sort -u | cut -c1-260 | sed 's/^/  | /' || true
}

line_of() { grep -nE "$1" "$log" | head -n 1 | cut -d: -f1; }

# Checks what every build must leave, whatever its verdict.
check_jenkins_kept() {
  check 'results and test report are archived' test -s "$archive/results/perf-x64/results.json" -a -s "$archive/results/perf-x64/junit.xml"
  check 'results are archived before the report is built' test "$(line_of '^archived results/\*\*: [1-9]')" -lt "$(line_of '^archived allure-report/perf-x64/')"
  check 'results of earlier builds are gone' isnt compgen -G "$archive/results/earlier/*"
  said '^replayed: ' || check 'the Allure report is archived' test -s "$archive/allure-report/perf-x64/index.html"
}

# Puts results of an earlier build into the workspace of a job.
leave_earlier_results() {
  local workspace=$kept/jobs/$1/workspace/perf-x64
  mkdir -p "$workspace"/{results/earlier,allure-results}
  touch "$workspace"/{results/earlier/results.json,allure-results/earlier-result.json}
}

jenkins_static() {
  printf '\n===== Jenkins: the file and the scripts\n'
  check 'the runner of the trial, and the steps of the Jenkinsfile' "$trial_node" --test "$here/pipeline/jenkins/run.test.mjs"
  check "it passes npm-groovy-lint's rules for a Jenkinsfile" lint
}
lint() {
  mkdir -p "$work/lint" && cp "$origin/Jenkinsfile" "$work/lint/"
  "$trial_node" "$here/pipeline/node_modules/npm-groovy-lint/lib/index.js" --noserver --failon info --config recommended-jenkinsfile \
    --path "$work/lint" --files Jenkinsfile >"$work/lint.log" 2>&1
}

published() { compgen -G "$archive/results/perf-x64/baseline-*.json"; }

jenkins_main_and_unchanged() {
  jenkins main main
  check 'it succeeds' is "$code" 0
  check_jenkins_kept
  check 'the baseline is published' published
  jenkins timer main --timer
  check 'it succeeds' is "$code" 0
  check 'it is a schedule' said '^situation: schedule'
  check "it is judged by the default branch's baseline" isnt grep -qi 'Not comparable' "$archive/results/perf-x64/report.md"

  in_origin checkout --quiet -b a-change
  printf '\n// A remark.\n' >>"$origin/Shm.Arena/ShmArena.cs"
  in_origin commit --quiet -am 'A change that costs nothing'
  leave_earlier_results PR-5
  jenkins pull-request a-change --change
  check 'it succeeds' is "$code" 0
  check_jenkins_kept
  check 'it was paired with the merge base' said "judged by $(in_origin rev-parse main)"
  check 'no baseline is published' isnt published
}

jenkins_pull_request_regressed() {
  plant "$origin"
  leave_earlier_results PR-5
  jenkins pull-request-regressed a-change --change "$@"
  check 'it fails' is "$code" 1
  check_jenkins_kept
  check 'a row of the metric failed, and none passed' planted_rows_did_not_pass "$archive/results/perf-x64/junit.xml"
  check 'no baseline is published' isnt published
  check 'there is one comment' is "$(note_count)" 1
  check 'and it says what regressed' grep -q '❌.*lookup_arithmetic_time' "$work/notes.json"
}

# These builds take the results of the one that regressed.
jenkins_pull_request_again() {
  rm -rf "$kept/jobs/PR-5"/{last,last-successful,builds}
  jenkins job-created-again a-change --change --replay "$1"
  check 'the builds are counted from 1' is "$(cat "$kept/jobs/PR-5/last")" 1
  check 'the section is the one of this build' grep -q 'job/PR-5/1/' "$work/notes.json"

  in_origin checkout --quiet -b two-machines
  sed -i "s/values 'perf-x64'/values 'perf-x64', 'perf-x64-b'/" "$origin/Jenkinsfile"
  in_origin commit --quiet -am 'Two machine classes'
  jenkins two-machines two-machines --change --replay "$1"
  in_origin checkout --quiet a-change
  check 'both machine classes have archived results' test -s "$archive/results/perf-x64/results.json" -a -s "$archive/results/perf-x64-b/results.json"
  check 'one comment shows both machine classes' test "$(note_count)" = 1 -a "$(grep -o 'machine=perf-x64[b-]* run=' "$work/notes.json" | sort -u | wc -l)" = 2
}

# A regression reaches main, and is accepted there.
jenkins_main_regressed() {
  in_origin checkout --quiet main
  in_origin merge --quiet --no-edit a-change
  leave_earlier_results main
  jenkins main-regressed main "$@"
  check 'it fails' is "$code" 1
  check_jenkins_kept
  check 'no baseline is published' isnt published

  jenkins main-accepted main --param 'PERF_UPDATE_REASON=the address is checked now' "$@"
  check 'it succeeds' is "$code" 0
  check_jenkins_kept
  check 'the accepted baseline is published' published
  check 'the suite learns the reason and the person' said '(reason: the address is checked now, by a-person|the address is checked now.*a-person)'
}

# These builds take the results of the last one that regressed.
jenkins_lost_workspace() {
  rm -rf "$workspace/.cache/perf"
  jenkins lost-workspace main --timer --replay "$1"
  check 'the accepted baseline is found in the artifacts of the last successful build' said '^restore: the baseline'
  check 'no baseline is published, because this build wrote none' isnt published
}

try_jenkins() {
  local regressed
  jenkins_start
  jenkins_static
  if [ "$quick" -eq 0 ]; then
    jenkins_main_and_unchanged
    jenkins_pull_request_regressed
    cp -r "$archive/results/perf-x64" "$work/regressed"
    regressed=$work/regressed
    jenkins_pull_request_again "$regressed"
    jenkins_main_regressed
  else
    left_out+=('Jenkins: main' 'Jenkins: timer' 'Jenkins: pull-request')
    in_origin checkout --quiet -b a-change
    if regressed=$(shared_results); then
      jenkins_pull_request_regressed --replay "$regressed"
    else
      jenkins_pull_request_regressed
      cp -r "$archive/results/perf-x64" "$work/regressed"
      regressed=$work/regressed
    fi
    jenkins_pull_request_again "$regressed"
    jenkins_main_regressed --replay "$regressed"
  fi
  jenkins_lost_workspace "$regressed"
}
