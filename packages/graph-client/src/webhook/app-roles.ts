import type { PageEvent } from './event-base.ts';
import { readId, readList } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * What the Page's apps are to its conversations changed. It concerns no person.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_handovers
 */
export interface AppRolesEvent extends PageEvent {
  readonly type: 'app-roles';
  /** Such as `{ appId: '1517776481860111', roles: ['primary_receiver'] }`. */
  readonly apps: readonly { readonly appId: string; readonly roles: readonly string[] }[];
}

export const readAppRoles: Reader<AppRolesEvent, undefined> = (body, { origin, naming }) => ({
  ...origin,
  type: 'app-roles',
  id: naming.byContent('app-roles'),
  apps: Object.keys(body).flatMap((key) => {
    const appId = readId({ key }, 'key');
    const roles = readList(body, key).filter((role) => typeof role === 'string');
    return appId === undefined ? [] : [{ appId, roles }];
  }),
});
