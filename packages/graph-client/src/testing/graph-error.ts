import type { FakeAnswer } from './fake-transport.ts';

/**
 * Graph's answer to a call that it refuses: HTTP 400, whatever is wrong.
 *
 * @example
 * createFakeTransport({ answers: [graphError(10, 2018278)] }); // outside of the window
 *
 * @see https://developers.facebook.com/docs/messenger-platform/error-codes
 */
export function graphError(
  code: number,
  subcode?: number,
  message: string = `(#${code}) Refused`,
): Exclude<FakeAnswer, Error | 'hang'> {
  return {
    status: 400,
    body: {
      error: {
        message,
        type: 'OAuthException',
        code,
        ...(subcode !== undefined && { error_subcode: subcode }),
        fbtrace_id: 'AbCdEfGhIjK',
      },
    },
  };
}
