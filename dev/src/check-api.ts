/**
 * `pnpm check:api`: the report of what each package exports is fresh, and the waiting changesets are
 * as heavy as what has changed in it. `pnpm api` writes the reports.
 */
import { checkApi, writeReports } from './api/check.ts';
import { currentEnvironment } from './environment.ts';
import { repositoryFolder } from './folders.ts';
import { createTerminal } from './terminal.ts';

if (process.argv.includes('--write')) {
  await writeReports(repositoryFolder);
} else {
  const problems = await checkApi(repositoryFolder, currentEnvironment());
  for (const problem of problems) createTerminal().complain(problem);
  if (problems.length > 0) process.exitCode = 1;
}
