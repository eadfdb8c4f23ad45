/** Where a conversation stands in a flow. Names and data only: it outlives a deploy. */
export interface FlowState {
  readonly name: string;
  readonly version: number;
  readonly step: string;
  /** What the person has answered so far. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The steps before this one, for the way back. */
  readonly trail: readonly string[];
  /** When the question was asked, in milliseconds since 1970. */
  readonly askedAt: number;
}
