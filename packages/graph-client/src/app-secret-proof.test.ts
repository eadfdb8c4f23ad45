import { expect, it } from 'vitest';

import { appSecretProof } from './app-secret-proof.ts';

it('is the HMAC-SHA256 of the data, keyed with the secret, in hex (RFC 4231, test case 2)', () => {
  expect(appSecretProof('what do ya want for nothing?', 'Jefe')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});
