import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.ts';

/** What a stage of the Dockerfile ends up with, what it takes over from its base included. */
export interface Stage {
  readonly base: string;
  readonly runs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  /** Program and arguments; empty when it is written for a shell, which would keep signals to itself. */
  readonly command: readonly string[];
  readonly health: readonly string[];
}

const empty: Stage = { base: '', runs: [], env: {}, user: 'root', command: [], health: [] };

/** The stages of `deploy/Dockerfile` by name. */
export function readDockerfile(): ReadonlyMap<string, Stage> {
  const text = readFileSync(join(repository, 'deploy', 'Dockerfile'), 'utf8');
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n');
  const stages = new Map<string, Stage>();
  let name = '';
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    const stage = stages.get(name) ?? empty;
    if (word === 'FROM') {
      const [base = '', , own = ''] = rest.split(' ');
      name = own;
      stages.set(name, { ...(stages.get(base) ?? empty), runs: [], base });
    } else if (name !== '') {
      stages.set(name, { ...stage, ...change(stage, word, rest) });
    }
  }
  return stages;
}

function change(stage: Stage, word: string, rest: string): Partial<Stage> {
  if (word === 'RUN') return { runs: [...stage.runs, rest] };
  if (word === 'USER') return { user: rest };
  if (word === 'CMD') return { command: execForm(rest) };
  if (word === 'HEALTHCHECK') return { health: execForm(rest.replace(/^.*?CMD\s+/, '')) };
  if (word !== 'ENV') return {};
  const [key = '', value = ''] = rest.split('=');
  return { env: { ...stage.env, [key]: value } };
}

const execForm = (text: string): string[] =>
  text.startsWith('[') ? (JSON.parse(text) as string[]) : [];
