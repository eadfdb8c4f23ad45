/** What can be written as JSON. */
export type Data =
  | string
  | number
  | boolean
  | null
  | readonly Data[]
  | { readonly [key: string]: Data };

/** Invisible characters, in which texts smuggle orders past human eyes; line breaks and tabs stay. */
const HIDDEN = /(?![\n\t])[\p{Cf}\p{Cc}]/gu;

/** A text as a person sees it. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(HIDDEN, '');
}

/**
 * Marks that chat templates give a meaning to: `<|im_start|>`, `</s>`, `<start_of_turn>` and
 * `[INST]`. Some servers read them in what a person wrote, too.
 */
const TEMPLATE_MARKS = /[<>]|\[(?=\/?[A-Z_]+\])/g;

/**
 * Writes data as JSON that means nothing but itself: no text in it can end its own string, hide
 * anything, or look like a mark of a chat template.
 */
export function asData(data: Data): string {
  const json = JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'string' ? visible(value) : value,
  );
  return json.replaceAll(TEMPLATE_MARKS, (mark) => {
    return String.raw`\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
