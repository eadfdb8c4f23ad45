/** A Page that the app is connected to. */
export interface PageOptions {
  /** Digits only. */
  readonly id: string;
  /** Shown on the chat page. Default `Tiệm Trà Nhỏ`. */
  readonly name?: string | undefined;
  /** What Graph calls for it must carry. */
  readonly accessToken: string;
}

/** The same with its name. */
export interface Page {
  readonly id: string;
  readonly name: string;
  readonly accessToken: string;
}

export const DEFAULT_PAGE_NAME = 'Tiệm Trà Nhỏ';
