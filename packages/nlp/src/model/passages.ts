/** A part of a document. */
export interface Passage {
  /** One only, such as `shipping.md#2`. */
  readonly id: string;
  /** The headings that it stands under, the outermost first. */
  readonly headings: readonly string[];
  /** Markdown, as the document has it. */
  readonly text: string;
}

/** Documents that can be searched. */
export interface Passages {
  /** The passages that fit a question best, the best first; none when nothing fits. */
  search(
    query: string,
    options: { readonly limit: number; readonly signal: AbortSignal },
  ): Promise<readonly Passage[]>;
}
