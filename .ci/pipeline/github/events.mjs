// The `github` context of each event, and the event file, with the keys that GitHub sends and that this project may use.
import { execFileSync } from 'node:child_process';

export const repository = 'a-team/perftests';
export const defaultBranch = 'main';
export const pullRequest = 5;
const server = 'https://github.example';

/** Makes the merge commit that GitHub offers as refs/pull/N/merge, and returns its hash. */
function mergeCommit(git, base, head) {
  const tree = git('merge-tree', '--write-tree', base, head).split('\n')[0];
  const commit = git('commit-tree', tree, '-p', base, '-p', head, '-m', `Merge ${head} into ${base}`);
  git('update-ref', `refs/pull/${pullRequest}/merge`, commit);
  return commit;
}

/**
 * Describes an event.
 * @param {string} name pull_request, push, schedule or workflow_dispatch
 * @param {object} options origin: folder of the repository; branch; inputs; isFork: the pull request comes from a fork
 */
export function describeEvent(name, { origin, branch, inputs = {}, isFork = false }) {
  const git = (...args) => execFileSync('git', ['-C', origin, ...args], { encoding: 'utf8' }).trim();
  const commit = git('rev-parse', branch);
  const common = { repository: { full_name: repository, default_branch: defaultBranch }, sender: { login: 'a-person' } };
  if (name !== 'pull_request') {
    const payloads = {
      push: { ref: `refs/heads/${branch}`, after: commit, before: git('rev-parse', `${branch}~1`) },
      schedule: { schedule: '0 2 * * *' },
      workflow_dispatch: { ref: `refs/heads/${branch}`, inputs },
    };
    const refs = { ref: `refs/heads/${branch}`, ref_name: branch, base_ref: '', head_ref: '', sha: commit };
    const event = name === 'schedule' ? payloads.schedule : { ...common, ...payloads[name] };
    return { branch, github: { ...refs, event_name: name, event } };
  }

  const base = git('rev-parse', defaultBranch);
  const request = {
    number: pullRequest,
    head: { ref: branch, sha: commit, repo: { full_name: isFork ? 'a-person/perftests' : repository, fork: isFork } },
    base: { ref: defaultBranch, sha: base, repo: { full_name: repository, fork: false } },
  };
  const refs = { ref: `refs/pull/${pullRequest}/merge`, ref_name: `${pullRequest}/merge`, base_ref: defaultBranch, head_ref: branch };
  const event = { ...common, action: 'synchronize', number: pullRequest, pull_request: request };
  return { branch: defaultBranch, github: { ...refs, event_name: name, sha: mergeCommit(git, base, commit), event } };
}

/** Variables that GitHub sets for every step. */
export const variablesOf = (github, job, eventFile) => ({
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: github.actor,
  GITHUB_API_URL: github.api_url,
  GITHUB_BASE_REF: github.base_ref,
  GITHUB_EVENT_NAME: github.event_name,
  GITHUB_EVENT_PATH: eventFile,
  GITHUB_HEAD_REF: github.head_ref,
  GITHUB_JOB: job,
  GITHUB_REF: github.ref,
  GITHUB_REF_NAME: github.ref_name,
  GITHUB_REPOSITORY: github.repository,
  GITHUB_RUN_ATTEMPT: github.run_attempt,
  GITHUB_RUN_ID: github.run_id,
  GITHUB_RUN_NUMBER: github.run_number,
  GITHUB_SERVER_URL: server,
  GITHUB_SHA: github.sha,
  GITHUB_TRIGGERING_ACTOR: github.triggering_actor,
  GITHUB_WORKFLOW: github.workflow,
  GITHUB_WORKSPACE: github.workspace,
});

export { server };
