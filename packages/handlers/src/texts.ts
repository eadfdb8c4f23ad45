/** A text, or what makes one of what it is given. */
export type Text = string | ((...given: never[]) => string);

/** The same texts, all of them, in whatever words. */
export type Worded<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends (...given: infer Given) => string
    ? (...given: Given) => string
    : string;
};

/**
 * What a bot says, by language. A locale is found by its name or its language (`vi_VN` and `vi-VN`
 * find `vi`); what it lacks is said in the first one's words, and so is all of an unknown locale.
 *
 * @param others By locale; each may lack some.
 *
 * @example
 * const texts = createTexts(
 *   'vi',
 *   { hello: 'Xin chào!', bought: (tea: string) => `Bạn đã mua ${tea}.` },
 *   { en: { hello: 'Hello!', bought: (tea) => `You bought ${tea}.` } },
 * );
 * texts(turn.locale).bought('Trà sen');
 */
export function createTexts<Texts extends Record<string, Text>>(
  locale: string,
  texts: Texts,
  others: Readonly<Record<string, Partial<Worded<NoInfer<Texts>>>>> = {},
): (locale: string) => Worded<Texts> {
  const all = new Map<string, object>([[nameOf(locale), texts]]);
  for (const [name, own] of Object.entries(others)) all.set(nameOf(name), own);
  const found = new Map<string, Worded<Texts>>();
  return (wanted) => {
    const name = nameOf(wanted);
    const known = found.get(name);
    if (known !== undefined) return known;
    const language = all.get(name.split('_', 1)[0] ?? '');
    const words = { ...texts, ...language, ...all.get(name) } as unknown as Worded<Texts>;
    // Only of those that were declared: a locale comes from outside, and there are many.
    if (all.has(name)) found.set(name, words);
    return words;
  };
}

const nameOf = (locale: string): string => locale.toLowerCase().replaceAll('-', '_');
