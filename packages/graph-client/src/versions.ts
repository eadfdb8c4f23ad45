/** The Graph API version that this package was written for. */
export const GRAPH_API_VERSION = 'v26.0';

const DAY_MS = 86_400_000;

/**
 * The day each version stops working. v26.0, of 2026-07-29, has no day yet; a version lives for
 * about two years.
 *
 * @see https://developers.facebook.com/docs/graph-api/changelog/versions
 */
const expiries: ReadonlyMap<string, string> = new Map([
  ['v20.0', '2026-09-24'],
  ['v21.0', '2027-01-21'],
  ['v22.0', '2027-05-20'],
  ['v23.0', '2027-10-08'],
  ['v24.0', '2028-02-18'],
  ['v25.0', '2028-07-29'],
]);

/** The pinned API version stops working soon, or has stopped. */
export interface VersionWarning {
  readonly kind: 'version-expires';
  readonly version: string;
  /** Its last day, as `2027-01-21`; `undefined` when it is older than this package knows. */
  readonly expiresOn: string | undefined;
  /** Whole days left; below 0 when it has stopped working. */
  readonly daysLeft: number;
  /** What to do, in a sentence. */
  readonly message: string;
}

/**
 * The warning that is due for a version at a time: in its last 90 days, again in its last 30, and
 * once it is over. `stage` counts these, so that each is given once.
 */
export function versionWarning(
  version: string,
  now: number,
): { stage: number; warning: VersionWarning } | undefined {
  const expiresOn = expiries.get(version);
  const older = expiresOn === undefined && Number(version.slice(1)) < 20;
  if (expiresOn === undefined && !older) {
    return undefined;
  }
  const daysLeft = older ? -1 : Math.floor((Date.parse(`${expiresOn}`) - now) / DAY_MS);
  const stage = daysLeft < 0 ? 3 : daysLeft <= 30 ? 2 : daysLeft <= 90 ? 1 : 0;
  if (stage === 0) {
    return undefined;
  }
  const when = daysLeft < 0 ? 'no longer works' : `stops working on ${expiresOn}`;
  const message = `Graph API ${version} ${when}: move to ${GRAPH_API_VERSION} or newer.`;
  return { stage, warning: { kind: 'version-expires', version, expiresOn, daysLeft, message } };
}

/** Gives each warning once, looked for at most once a day. */
export function createVersionWatch(
  version: string,
  warn: (warning: VersionWarning) => void,
): (now: number) => void {
  let nextLook = 0;
  let lastStage = 0;
  return (now) => {
    if (now < nextLook) {
      return;
    }
    nextLook = now + DAY_MS;
    const due = versionWarning(version, now);
    if (due !== undefined && due.stage > lastStage) {
      lastStage = due.stage;
      warn(due.warning);
    }
  };
}
