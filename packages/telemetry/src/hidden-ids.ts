/**
 * Ids of Graph where an error has them: as a part of a path, and in quotes as Graph repeats them. A
 * conversation's is `t_` and an id. An error's `code/subcode` is no path.
 */
const ID = /(?<!(?<![\w.:/-])\d{1,7})\/(?:t_)?\d{6,32}(?!\w)|'(?:t_)?\d{6,32}'/g;

/**
 * The text without the ids in its addresses: the path of a person's profile is the person's id.
 *
 * @example
 * withoutIds('GET https://graph.facebook.com/v26.0/24000000000000001');
 * // 'GET https://graph.facebook.com/v26.0/…'
 */
export function withoutIds(text: string): string {
  return text.replace(ID, (id) => (id.startsWith('/') ? '/…' : "'…'"));
}
