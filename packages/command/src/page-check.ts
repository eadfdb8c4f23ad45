import type { PageCheck } from '@bot/pages';

/** What was found at a Page. */
export interface PageFindings {
  readonly pageId?: string | undefined;
  readonly name?: string | undefined;
  /** Nothing is left for a person to do. */
  readonly ok: boolean;
  readonly findings: readonly PageFinding[];
}

/** Something that is not as it should be, or was not until it was repaired. */
export interface PageFinding {
  readonly kind: string;
  readonly text: string;
  /** What a person has to do; absent for what was repaired. */
  readonly remedy?: string | undefined;
}

/** What a check of a Page came to, one finding a line. */
export function findingsOf(check: PageCheck): PageFindings {
  if (check.kind === 'trouble') {
    const { kind, reason: text, remedy } = check.trouble;
    return { ok: false, findings: [{ kind, text, remedy }] };
  }
  const { pageId, name, missingFields, repairedFields, refusal } = check;
  const findings: PageFinding[] = [];
  if (repairedFields.length > 0) {
    const text = `The app was not subscribed to ${repairedFields.join(', ')}; it is now.`;
    findings.push({ kind: 'fields-missing', text });
  }
  if (missingFields.length > 0) {
    const text = `The app is not subscribed to ${missingFields.join(', ')}.`;
    const remedy = '`bot pages check --repair` subscribes it.';
    findings.push({ kind: 'fields-missing', text, remedy });
  }
  if (refusal !== undefined) {
    const remedy = 'See whether the token has the right pages_manage_metadata.';
    findings.push({ kind: 'subscription-refused', text: refusal, remedy });
  }
  return { pageId, name, ok: findings.every(({ remedy }) => remedy === undefined), findings };
}

/** A Page of which nothing could be found out. */
export function unreached(error: unknown): PageFindings {
  const text = error instanceof Error ? error.message : String(error);
  const remedy = 'See whether this machine reaches Graph, then check again.';
  return { ok: false, findings: [{ kind: 'unreached', text, remedy }] };
}
