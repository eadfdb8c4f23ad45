/** What Meta does in a run. */
export interface Load {
  /** Events in all; each is one message of a person. */
  readonly messages: number;
  /** How many people write, in turn. */
  readonly people: number;
  /** Default 1. */
  readonly eventsPerDelivery?: number;
  /** Messages a second, whether or not they are answered; else as many as `unanswered` allows. */
  readonly rate?: number;
  /** Without a rate: how many messages wait for their reply at any time. */
  readonly unanswered?: number;
  /** How long each call of Graph takes, in milliseconds. Default 0. */
  readonly graphMs?: number;
  /** Whether nobody replies: the run ends with the last answer of the webhook. Default false. */
  readonly withoutReplies?: boolean;
}

/** What became of it. Times are milliseconds, from when the delivery should have gone out. */
export interface Outcome {
  readonly seconds: number;
  readonly ack: Latency;
  readonly reply: Latency;
  /** Deliveries that were not answered 200, and replies that came twice. */
  readonly refused: number;
  readonly repeated: number;
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}
