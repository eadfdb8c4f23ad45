import { parse } from 'yaml';

interface Lockfile {
  readonly packages: Readonly<Record<string, Binary>>;
  readonly snapshots: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

interface Binary {
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** Where our tools are used. */
const platforms = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'];

/**
 * Which platforms a package with native binaries would not install on, a line each. pnpm leaves out
 * of the lockfile what the registry lacks at that moment, and says nothing.
 *
 * A package that tells glibc from musl must have both; one that does not is linked statically, or
 * brings them in one package.
 *
 * @param lockfile the text of pnpm-lock.yaml.
 */
export function missingPlatforms(lockfile: string): string[] {
  const { packages, snapshots } = parse(lockfile) as Lockfile;
  return Object.entries(snapshots).flatMap(([key, { optionalDependencies = {} }]) => {
    const binaries = Object.entries(optionalDependencies)
      .map(([name, version]) => packages[`${name}@${version}`] ?? {})
      .filter(({ os, cpu }) => os !== undefined && cpu !== undefined);
    if (binaries.length === 0) return [];
    const wanted = binaries.some(({ libc }) => libc !== undefined)
      ? [...platforms, 'linux-arm64-musl', 'linux-x64-musl']
      : platforms;
    const missing = wanted.filter((platform) => !binaries.some((each) => isFor(each, platform)));
    const name = key.replace(/\(.*/, '');
    return missing.length === 0 ? [] : [`${name} has no binary for ${missing.join(', ')}`];
  });
}

function isFor({ os = [], cpu = [], libc }: Binary, platform: string): boolean {
  const [system = '', processor = '', wanted = 'glibc'] = platform.split('-');
  const fits = system !== 'linux' || libc === undefined || libc.includes(wanted);
  return os.includes(system) && cpu.includes(processor) && fits;
}
