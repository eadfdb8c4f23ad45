import { describe, expect, it } from 'vitest';

import * as deliveries from '../testing/index.ts';
import type { Delivery } from '../testing/index.ts';
import { base, hashed, single, who } from './delivery.test-setup.ts';

const ofPage = { ...base, psid: undefined };

describe('what happens to a Page, its inbox and its apps', () => {
  it.each<[string, Delivery, object]>([
    [
      'a conversation that is passed on',
      deliveries.threadControlDelivery({
        ...who,
        action: 'pass',
        previousOwnerAppId: null,
        newOwnerAppId: 413038776280800,
        metadata: 'khách cần người',
      }),
      {
        ...base,
        type: 'thread-control',
        id: hashed('thread-control'),
        action: 'pass',
        previousOwnerAppId: null,
        newOwnerAppId: '413038776280800',
        metadata: 'khách cần người',
      },
    ],
    [
      'a conversation that is taken',
      deliveries.threadControlDelivery({
        ...who,
        action: 'take',
        previousOwnerAppId: 1517776481860111,
      }),
      {
        ...base,
        type: 'thread-control',
        id: hashed('thread-control'),
        action: 'take',
        previousOwnerAppId: '1517776481860111',
      },
    ],
    [
      'a conversation that another app asks for',
      deliveries.threadControlDelivery({
        ...who,
        action: 'request',
        requestedOwnerAppId: 413038776280800,
      }),
      {
        ...base,
        type: 'thread-control',
        id: hashed('thread-control'),
        action: 'request',
        requestedOwnerAppId: '413038776280800',
      },
    ],
    [
      'roles of apps',
      deliveries.appRolesDelivery({
        ...who,
        roles: { '1517776481860111': ['primary_receiver'], x: ['y'] },
      }),
      {
        ...ofPage,
        type: 'app-roles',
        id: hashed('app-roles'),
        apps: [{ appId: '1517776481860111', roles: ['primary_receiver'] }],
      },
    ],
    [
      'a block',
      deliveries.policyDelivery({ ...who, action: 'block', reason: 'spam' }),
      { ...ofPage, type: 'policy', id: hashed('policy'), action: 'block', reason: 'spam' },
    ],
  ])('%s becomes one event', (_what, delivery, expected) => {
    expect(single(delivery)).toEqual(expected);
  });
});
