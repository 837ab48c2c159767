// Stands in for actions/upload-artifact: an artifact is a folder below artifacts/RUN/.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export function uploadArtifact(inputs, run) {
  const paths = inputs.path.split('\n').map((line) => line.trim()).filter(Boolean);
  if (paths.some((path) => /[*?![\]{}~$]/.test(path) || path.startsWith('/') || path.includes('..'))) {
    throw new Error(`The trial knows only paths within the project, without patterns, in an artifact: ${paths.join(', ')}`);
  }

  const folder = join(run.folder, 'artifacts', run.github.run_id, inputs.name);
  if (existsSync(folder)) {
    throw new Error(`The run has an artifact named ${inputs.name} already.`);
  }

  const present = paths.filter((path) => existsSync(join(run.workspace, path)));
  if (present.length === 0) {
    const behaviour = inputs['if-no-files-found'] ?? 'warn';
    if (behaviour === 'error') {
      throw new Error(`No files were found for the artifact ${inputs.name}.`);
    }

    console.log(`Warning: no files were found for the artifact ${inputs.name}`);
    return {};
  }

  mkdirSync(folder, { recursive: true });
  const { run_id: id, head_ref: head, ref_name: branch, event } = run.github;
  const headRepository = event.pull_request?.head.repo.fork ? 2 : 1;
  const repositories = { repository_id: 1, head_repository_id: headRepository };
  const description = { id: Number(id), head_branch: head || branch, ...repositories, created_at: new Date().toISOString() };
  writeFileSync(join(run.folder, 'artifacts', `${id}.json`), JSON.stringify(description));
  // The action leaves hidden files out. One path becomes the root of the artifact; several keep their common parent folder.
  const isVisible = (file) => !basename(file).startsWith('.');
  for (const path of present) {
    cpSync(join(run.workspace, path), paths.length === 1 ? folder : join(folder, path), { recursive: true, filter: isVisible });
  }

  console.log(`Artifact ${inputs.name}: ${present.join(', ')}`);
  return { 'artifact-id': run.github.run_id };
}
