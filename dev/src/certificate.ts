/** A certificate and its private key, both as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** A new certificate for this machine, signed by itself: who trusts it needs nothing else. */
export async function newCertificate(): Promise<Certificate> {
  // Loaded only now: npm start needs none.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { certificate: made.cert, key: made.private };
}
