/** What a Page shows around its conversations, as `@bot/graph-client` names it. */
export interface Profile {
  /** What the button that a person taps first carries. */
  readonly getStarted?: { readonly payload: string } | undefined;
  readonly greeting?: readonly { readonly locale: string; readonly text: string }[] | undefined;
  readonly iceBreakers?: readonly object[] | undefined;
  readonly persistentMenu?: readonly object[] | undefined;
  readonly commands?: readonly object[] | undefined;
  readonly whitelistedDomains?: readonly string[] | undefined;
  readonly accountLinkingUrl?: string | undefined;
}

/** The name of a part. */
export type ProfilePart = keyof Profile;

/** In the order in which Meta takes them: a menu needs Get Started. */
const parts: readonly ProfilePart[] = [
  'getStarted',
  'greeting',
  'iceBreakers',
  'persistentMenu',
  'commands',
  'whitelistedDomains',
  'accountLinkingUrl',
];

/** What can be set inside of the parts. Meta may tell more of them. */
const settable: ReadonlySet<string> = new Set([
  'callToActions',
  'commands',
  'composerInputDisabled',
  'description',
  'locale',
  'name',
  'payload',
  'question',
  'text',
  'title',
  'type',
  'url',
  'webviewHeightRatio',
]);

/**
 * To say these is to say nothing.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/buttons/url
 */
const defaults: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['composerInputDisabled', false],
  ['webviewHeightRatio', 'full'],
]);

/**
 * What a bot wants its Page to show: the parts that it names. `null` takes a part away, and what it
 * does not name is left as it is.
 */
export type WantedProfile = { readonly [Part in ProfilePart]?: Profile[Part] | null };

/** A part that is not as it should be. */
export interface ProfileChange {
  readonly part: ProfilePart;
  readonly kind: 'add' | 'change' | 'remove';
  /** As it is; `undefined` for one to add. */
  readonly from: unknown;
  /** As it should be; `undefined` for one to remove. */
  readonly to: unknown;
}

/**
 * What to change so that a Page shows what is wanted. The order of keys is no difference, nor is a
 * default that only one of them names, nor what Meta tells and nobody can set.
 */
export function diffProfile(current: Profile, wanted: WantedProfile): readonly ProfileChange[] {
  return parts.flatMap((part): ProfileChange[] => {
    const from = withoutForeign(current[part]);
    const to: unknown = wanted[part];
    const isThere = !isEmpty(from);
    if (to === undefined) return [];
    if (isEmpty(to)) return isThere ? [{ part, kind: 'remove', from, to: undefined }] : [];
    if (!isThere) return [{ part, kind: 'add', from: undefined, to }];
    return linesOf(from).join('\n') === linesOf(to).join('\n')
      ? []
      : [{ part, kind: 'change', from, to }];
  });
}

/** The changes as lines for people: `-` for what goes, `+` for what comes. */
export function formatDiff(changes: readonly ProfileChange[]): string {
  if (changes.length === 0) return 'The Page shows what it should: nothing to change.';
  return changes
    .flatMap(({ part, kind, from, to }) => {
      const [old, young] = [linesOf(from), linesOf(to)];
      return [
        `${part}: ${kind}`,
        ...old.filter((line) => !young.includes(line)).map((line) => `  - ${line}`),
        ...young.filter((line) => !old.includes(line)).map((line) => `  + ${line}`),
      ];
    })
    .join('\n');
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

function withoutForeign(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutForeign);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => settable.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutForeign(item)]));
}

/** Each value with the way to it, sorted: `[0].callToActions[1].title: "Trợ giúp"`. */
function linesOf(value: unknown, path = ''): string[] {
  if (isEmpty(value)) return [];
  if (typeof value !== 'object')
    return [`${path}${path === '' ? '' : ': '}${JSON.stringify(value)}`];
  const entries = Object.entries(value as object);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => linesOf(item, `${path}[${index}]`));
  }
  return entries
    .filter(([key, item]) => defaults.get(key) !== item)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, item]) => linesOf(item, path === '' ? key : `${path}.${key}`));
}
