/**
 * A pnpmfile, in force while releases are packed: npm takes no provenance for a package whose
 * `repository` is another than the workflow's, and only the workflow knows its own.
 */
import { basename } from 'node:path';
import { currentEnvironment } from '../environment.ts';

export const hooks = {
  beforePacking(manifest, folder) {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = currentEnvironment();
    if (server === undefined || name === undefined) return manifest;
    const directory = `packages/${basename(folder)}`;
    return {
      ...manifest,
      repository: { type: 'git', url: `git+${server}/${name}.git`, directory },
    };
  },
};
