/**
 * `npm test` runs the short form of every fault, `npm run test:faults` the full one. Every random
 * choice follows from the seed, which is printed; what depends on timing differs all the same.
 */
export const form: 'short' | 'full' = process.env['FAULTS'] === 'full' ? 'full' : 'short';

export const seed: number = Number(process.env['FAULTS_SEED'] ?? 1);

export function sized<Size>(sizes: { readonly short: Size; readonly full: Size }): Size {
  return sizes[form];
}
