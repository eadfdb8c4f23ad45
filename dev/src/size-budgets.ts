import { build } from 'esbuild';

/** What a package may weigh at the most, in kB of 1,000 bytes. */
export interface SizeBudget {
  /** The tarball: code, types, documentation, and the source maps, which are half of it. */
  readonly tarball: number;
  /** Each entry, bundled and minified without its dependencies. */
  readonly entries: Readonly<Record<string, number>>;
}

const budgets: Readonly<Record<string, SizeBudget>> = {
  '@bot/graph-client': {
    tarball: 165,
    entries: { '.': 60, './webhook': 15, './builders': 12, './testing': 10 },
  },
  '@bot/queue': { tarball: 125, entries: { '.': 40, './testing': 26 } },
  '@bot/handlers': { tarball: 100, entries: { '.': 32, './testing': 8 } },
  '@bot/nlp': { tarball: 105, entries: { '.': 21, './model': 22 } },
  '@bot/history': { tarball: 70, entries: { '.': 30 } },
  '@bot/emulator': { tarball: 200, entries: { '.': 90 } },
};

/** For a package that is still small; who needs more says so above. */
const small: SizeBudget = { tarball: 20, entries: { '.': 10 } };

/** The bytes that an entry adds to whoever bundles it. */
export async function bundledBytes(file: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
}

/**
 * What is too large, a text each.
 *
 * @param bytes of the `tarball` and of each entry, such as `./webhook`.
 */
export function overBudget(
  name: string,
  bytes: { readonly tarball: number; readonly entries: Readonly<Record<string, number>> },
): string[] {
  const budget = budgets[name] ?? small;
  const sizes = [
    ['the tarball', bytes.tarball, budget.tarball] as const,
    ...Object.entries(bytes.entries).map(
      ([entry, size]) => [entry, size, budget.entries[entry]] as const,
    ),
  ];
  return sizes.flatMap(([what, size, most]) => {
    if (most === undefined) return [`${what} of ${name} has no size budget: give it one`];
    if (size <= most * 1_000) return [];
    return [`${what} of ${name} has ${(size / 1_000).toFixed(1)} kB, and may have ${most} kB`];
  });
}
