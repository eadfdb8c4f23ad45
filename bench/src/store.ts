import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Figure } from './result.ts';

const file = join(import.meta.dirname, '../../dist/bench.json');

/** Keeps figures for the chart and the goals; newer ones take the place of older ones. */
export async function keepFigures(figures: readonly Figure[]): Promise<void> {
  const byWhat = new Map((await keptFigures()).map((figure) => [figure.what, figure]));
  for (const { what } of figures) byWhat.delete(what);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify([...byWhat.values(), ...figures], undefined, 1));
}

/** All that benchmarks found on this machine, the last time that each ran. */
export async function keptFigures(): Promise<Figure[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Figure[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
