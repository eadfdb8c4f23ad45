import { z } from 'zod';

import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { id } from '../limits.ts';
import { maybe, readRenamed } from './answers.ts';
import type { CallOptions } from './call-options.ts';

/** What Meta tells of a person. Each field needs its own permission; what is not told is absent. */
export interface UserProfile {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  /** An address that expires. */
  readonly profilePic?: string | undefined;
  /** Such as `vi_VN`. */
  readonly locale?: string | undefined;
  /** Hours from UTC. */
  readonly timezone?: number | undefined;
  readonly gender?: string | undefined;
}

/** A field's name. */
export type UserField = Exclude<keyof UserProfile, 'id'>;

/** People. @see https://developers.facebook.com/docs/messenger-platform/identity/user-profile */
export interface Users {
  /**
   * What Meta tells of a person; an empty object when it tells nothing.
   *
   * @example
   * const { firstName = 'bạn' } = await graph.users.get(psid, { fields: ['firstName'] });
   *
   * @throws GraphApiError 2018218 when there is no profile, 2018247 without the permission. Else
   *   as {@link Messages.send}.
   */
  get(
    psid: string,
    options?: CallOptions & {
      /** Default: `name`, `firstName`, `lastName`, `profilePic`. */
      readonly fields?: readonly UserField[] | undefined;
    },
  ): Promise<UserProfile>;
}

const graphNames = {
  name: 'name',
  firstName: 'first_name',
  lastName: 'last_name',
  profilePic: 'profile_pic',
  locale: 'locale',
  timezone: 'timezone',
  gender: 'gender',
} as const satisfies Record<UserField, string>;

const fieldList: z.ZodType<readonly UserField[]> = z
  .array(z.enum(Object.keys(graphNames) as UserField[]))
  .min(1);

const word = maybe(z.string());

const profile: z.ZodType<UserProfile> = z.object({
  id: word,
  name: word,
  firstName: word,
  lastName: word,
  profilePic: word,
  locale: word,
  timezone: maybe(z.number()),
  gender: word,
});

const USUAL: readonly UserField[] = ['name', 'firstName', 'lastName', 'profilePic'];

export function createUsers(makeCall: MakeCall): Users {
  return {
    get: async (psid, { fields = USUAL, signal } = {}) => {
      const path = check('user.psid', id, psid);
      const names = check('user.fields', fieldList, fields).map((name) => graphNames[name]);
      const query = { fields: names.join(',') };
      const answer = await makeCall({ method: 'GET', path, query, signal });
      return readRenamed(profile, answer, `GET ${path}`);
    },
  };
}
