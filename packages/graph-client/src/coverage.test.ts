import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { createGraphClient } from './client.ts';
import { verdicts } from './error-table.ts';
import { createFakeTransport } from './testing/index.ts';
import type { WebhookEvent } from './webhook/index.ts';

const page = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'docs', 'messenger-coverage.md'),
  'utf8',
);

/** The cells of the table under a heading, without its head. */
function rows(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const quoted = (cell = ''): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

/** Each type there is: one that is missing here, or gone there, does not compile. */
const eventTypes: Record<WebhookEvent['type'], true> = {
  text: true,
  attachments: true,
  echo: true,
  delivery: true,
  read: true,
  reaction: true,
  edit: true,
  deletion: true,
  postback: true,
  referral: true,
  optin: true,
  'account-linking': true,
  'thread-control': true,
  'app-roles': true,
  policy: true,
  feedback: true,
  'response-feedback': true,
  'customer-information': true,
  'lead-form': true,
  order: true,
  coupon: true,
  label: true,
  'template-status': true,
  unsupported: true,
};

describe('the page on what is covered', () => {
  it('says of every error what the code says', () => {
    const told = rows('Errors').flatMap(([codes, ...is]) =>
      quoted(codes).map((code) => [code, [...is.slice(0, 3), is[3] === 'never']] as const),
    );
    const meant = [...verdicts].map(
      ([code, { kind, scope, outcome, retryAfterMs }]) =>
        [code, [kind, scope, outcome, retryAfterMs === undefined]] as const,
    );
    expect(new Map(told)).toEqual(new Map(meant));
  });

  it('has every type of event', () => {
    const told = rows('Events').flatMap(([type]) => quoted(type));
    expect(told.toSorted()).toEqual(Object.keys(eventTypes).toSorted());
  });

  it('has every method of the client', () => {
    const graph = createGraphClient({ accessToken: 'token', transport: createFakeTransport() });
    const there = Object.entries(graph)
      .filter(([name]) => name !== 'close')
      .flatMap(([name, resource]: [string, unknown]) =>
        typeof resource === 'object' && resource !== null
          ? Object.keys(resource).map((method) => `${name}.${method}`)
          : [name],
      );
    let resource = '';
    const told = rows('Endpoints').flatMap(([methods]) =>
      quoted(methods).map((method) => {
        [resource = ''] = method.includes('.') ? method.split('.') : [resource];
        return method.includes('.') || method === 'batch' || method === 'call'
          ? method
          : `${resource}.${method}`;
      }),
    );
    expect(told.toSorted()).toEqual(there.toSorted());
  });
});
