import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'oxfmt';
import type { PublishedPackage } from '../published-packages.ts';
import { surfaceOf } from './surface.ts';

/** Beside the package's README; under review, and not in the tarball. */
export const reportFile = 'api.md';

/** The public surface of a package as a text for people to review. The same source, the same text. */
export async function reportOf(repository: string, published: PublishedPackage): Promise<string> {
  const { folder, manifest, entries } = published;
  const sections = entries.map(({ name, source }) => {
    const { imports, declarations } = surfaceOf(join(folder, source), (path) =>
      readFileSync(join(repository, path), 'utf8'),
    );
    const code = [imports.join('\n'), ...declarations].filter((part) => part !== '').join('\n\n');
    return `## ${name}\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
  });
  const text = [
    `# What ${manifest.name} exports\n`,
    'Written by `pnpm api`, never by hand. What stands here without `export` cannot be imported, but is part of something that can.\n',
    ...sections,
  ].join('\n');
  const settings = JSON.parse(
    readFileSync(join(repository, '.oxfmtrc.json'), 'utf8'),
  ) as Parameters<typeof format>[2];
  const { code, errors } = await format(reportFile, text, settings);
  if (errors.length > 0) throw new Error(`${folder}: ${errors[0]?.message}`);
  return code;
}

/** The code of each entry. */
export function sectionsOf(report: string): Map<string, string> {
  const sections = report.matchAll(/^## (\S+)\n\n```ts\n([\s\S]*?)```$/gm);
  return new Map([...sections].map(([, name = '', code = '']) => [name, code]));
}
