import {
  diffProfile,
  formatDiff,
  type Profile,
  type ProfileChange,
  type ProfilePart,
  type WantedProfile,
} from './profile.ts';

/** The Messenger profile of a Page; `graph.profile` of `@bot/graph-client` fits. */
export interface ProfilePort {
  /** What the Page shows now. */
  get(options?: { readonly signal?: AbortSignal | undefined }): Promise<Profile>;
  /** Sets these parts and leaves the others. */
  set(settings: never, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Takes these parts away. */
  delete(
    parts: readonly ProfilePart[],
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<void>;
}

/** What {@link syncProfile} takes. */
export interface SyncProfileOptions {
  readonly profile: ProfilePort;
  readonly wanted: WantedProfile;
  /** Changes the Page; otherwise the difference is only shown. */
  readonly apply: boolean;
  /** Is given the difference, in lines. */
  readonly print: (text: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Brings menu, greeting, ice breakers and commands that are declared in code to the Page, after it
 * has shown what would change. Three calls at the most; Meta takes 10 in 10 minutes for a Page, and
 * a change of the menu may take a day to show.
 *
 * @returns What changed, or would.
 *
 * @example
 * await syncProfile({ profile: graph.profile, wanted: { getStarted: { payload: 'START' } }, apply, print });
 */
export async function syncProfile({
  profile,
  wanted,
  apply,
  print,
  signal,
}: SyncProfileOptions): Promise<readonly ProfileChange[]> {
  const changes = diffProfile(await profile.get({ signal }), wanted);
  print(formatDiff(changes));
  if (!apply) return changes;
  const toSet = changes.filter(({ kind }) => kind !== 'remove');
  const toDelete = changes.filter(({ kind }) => kind === 'remove').map(({ part }) => part);
  if (toSet.length > 0) {
    const settings = Object.fromEntries(toSet.map(({ part, to }) => [part, to]));
    await profile.set(settings as never, { signal });
  }
  if (toDelete.length > 0) await profile.delete(toDelete, { signal });
  return changes;
}
