import { describe, expect, expectTypeOf, it } from 'vitest';

import { textDelivery } from '../testing/index.ts';
import { single, who } from './delivery.test-setup.ts';
import type {
  AppRolesEvent,
  Attachment,
  DeletionEvent,
  LabelEvent,
  Lead,
  PageEvent,
  PersonEvent,
  PolicyEvent,
  ReadEvent,
  ReplyTo,
  TemplateStatusEvent,
  TextEvent,
  ThreadControlEvent,
  UnsupportedEvent,
  WebhookEvent,
} from './index.ts';

/** What tsc checks of this file matters more than that it runs. */
const event: WebhookEvent = single(textDelivery({ ...who, mid: 'm_1', text: 'chào' }));
const copy: WebhookEvent = { ...event };

describe('the type of an event', () => {
  it('tells what it has', () => {
    let seen = '';
    if (event.type === 'text') {
      expectTypeOf(event).toEqualTypeOf<TextEvent>();
      expectTypeOf(event.psid).toBeString();
      expectTypeOf(event.replyTo).toEqualTypeOf<ReplyTo | undefined>();
      expectTypeOf(event.attachments).toEqualTypeOf<readonly Attachment[] | undefined>();
      seen = event.text;
    }
    if (event.type === 'thread-control') {
      expectTypeOf(event).toEqualTypeOf<ThreadControlEvent>();
      expectTypeOf(event.previousOwnerAppId).toEqualTypeOf<string | null | undefined>();
    }
    if (event.type === 'referral') {
      expectTypeOf(event.lead).toEqualTypeOf<Lead | undefined>();
    }
    if (event.type === 'deletion' || event.type === 'label') {
      expectTypeOf(event).toEqualTypeOf<DeletionEvent | LabelEvent>();
    }
    if (event.type === 'unsupported') {
      expectTypeOf(event).toEqualTypeOf<UnsupportedEvent>();
      expectTypeOf(event.psid).toEqualTypeOf<string | undefined>();
      expectTypeOf(event.raw).toBeUnknown();
    }
    expect(seen).toBe('chào');
  });

  it('is one of a closed list, so that a switch over it can be complete', () => {
    expectTypeOf<WebhookEvent['type']>().toEqualTypeOf<
      | 'text'
      | 'attachments'
      | 'postback'
      | 'echo'
      | 'delivery'
      | 'read'
      | 'reaction'
      | 'edit'
      | 'deletion'
      | 'referral'
      | 'optin'
      | 'account-linking'
      | 'thread-control'
      | 'app-roles'
      | 'policy'
      | 'feedback'
      | 'response-feedback'
      | 'customer-information'
      | 'lead-form'
      | 'order'
      | 'coupon'
      | 'label'
      | 'template-status'
      | 'unsupported'
    >();
    expect(event.type).toBe('text');
  });

  it('tells whether there is a person', () => {
    type OfPage = AppRolesEvent | PolicyEvent | TemplateStatusEvent;
    expectTypeOf<Extract<WebhookEvent, PageEvent>>().toEqualTypeOf<OfPage>();
    expectTypeOf<Exclude<WebhookEvent, PersonEvent>>().toEqualTypeOf<OfPage | UnsupportedEvent>();
    const person = event.psid === undefined ? undefined : event;
    expectTypeOf(person).not.toMatchTypeOf<OfPage | undefined>();
    expect(person?.psid).toBe(who.psid);
  });
});

describe('it does not compile', () => {
  it('to read of an event what only another type has', () => {
    // @ts-expect-error Only some events have a text.
    expect(event.text).toBe('chào');
    const read: ReadEvent['type'] = 'read';
    // @ts-expect-error Their only type is `read`.
    const other: ReadEvent['type'] = 'text';
    expect([read, other]).toEqual(['read', 'text']);
  });

  it('to write into an event', () => {
    // @ts-expect-error Events are read-only.
    copy.id = 'mine';
    expect(copy.id).toBe('mine');
  });

  it('to make events without what they are about', () => {
    const from = { ...who, id: 'x', platform: 'page', channel: 'messaging' } as const;
    // @ts-expect-error A person's event has a person.
    const nobody: DeletionEvent = { ...from, type: 'deletion', mid: 'm_1', psid: undefined };
    // @ts-expect-error A Page's event has none.
    const somebody: PolicyEvent = { ...from, type: 'policy', action: 'block' };
    // @ts-expect-error What is absent is left out, not undefined.
    const unsaid: ReadEvent = { ...from, type: 'read', watermark: undefined };
    // @ts-expect-error Nobody gives a conversation back by an event.
    const action: ThreadControlEvent['action'] = 'release';
    expect([nobody.psid, somebody.psid, unsaid.watermark, action]).toEqual([
      undefined,
      who.psid,
      undefined,
      'release',
    ]);
  });
});
