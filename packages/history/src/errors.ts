/** What went wrong, for code to tell apart. */
export type HistoryErrorKind =
  /** An option, an address or a cursor that cannot be used. */
  | 'input'
  /** The database does not answer, or refuses us. */
  | 'away'
  /** The tables are not those that this version knows. */
  | 'schema'
  /** The database refuses what should be written, and would again. */
  | 'refused';

/** An error of the history. Its message has no text, no token and no password. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
  readonly kind: HistoryErrorKind;

  constructor(kind: HistoryErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** SQLSTATE classes of values that no attempt will make fit: too long, malformed, against a rule. */
const VALUES = /^(21|22|23|54)/;
/** Of tables, columns and rights that are not there. */
const TABLES = /^(3F|42)/;

/**
 * What a failure of the database means. Drivers and drizzle put the statement's values, which are
 * what people wrote, into messages and details: only what is known to have none is passed on.
 */
export function historyErrorOf(error: unknown): HistoryError {
  if (error instanceof HistoryError) return error;
  const { code, message } = rootOf(error);
  if (VALUES.test(code)) {
    return new HistoryError('refused', `PostgreSQL refuses a value of a record (${code}).`);
  }
  if (TABLES.test(code)) {
    return new HistoryError(
      'schema',
      `The history's tables are not as they must be (${code}: ${message}). Let the writer's user create and change the schema bot_history, or see that no other program does.`,
    );
  }
  return new HistoryError(
    'away',
    `The database of the history cannot be used (${[code, message].filter(Boolean).join(': ')}). See DATABASE_URL and the database itself.`,
  );
}

/** What Redis answers, or an error that says it was Redis. */
export async function fromRedis<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw new HistoryError(
      'away',
      `Redis refuses the history’s records (${rootOf(error).message}).`,
      { cause: error },
    );
  }
}

/** The error that a driver threw, inside of what wrapped it. */
function rootOf(error: unknown): { readonly code: string; readonly message: string } {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  // Node tells of a name with several addresses by a list.
  if (root instanceof AggregateError) [root] = root.errors as unknown[];
  if (!(root instanceof Error)) return { code: '', message: String(root) };
  const code = 'code' in root && typeof root.code === 'string' ? root.code : '';
  // Messages of drizzle's own name the values.
  const isSafe = !root.message.startsWith('Failed query');
  return { code, message: isSafe ? (root.message.split('\n', 1)[0] ?? '') : '' };
}
