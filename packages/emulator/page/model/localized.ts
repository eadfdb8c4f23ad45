/** What is meant for people of that language, else for all others. */
export function localized<T extends { readonly locale: string }>(
  entries: readonly T[] | undefined,
  language: string,
): T | undefined {
  return (
    entries?.find(({ locale }) => locale.startsWith(`${language}_`)) ??
    entries?.find(({ locale }) => locale === 'default') ??
    entries?.[0]
  );
}
