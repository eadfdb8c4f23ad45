/** One person on one Page. */
export interface Person {
  /** The Page's id. */
  readonly pageId: string;
  /** The person's page-scoped id. */
  readonly psid: string;
}
