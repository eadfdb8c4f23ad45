/** What is kept of a conversation. */
export interface StoredSession {
  readonly text: string;
  /** At least 1, and higher with each save, by how much is not said. */
  readonly version: number;
}

/** A session to keep. */
export interface SessionToSave {
  /** The conversation's. */
  readonly id: string;
  readonly text: string;
  /** Of what was loaded; 0 when there was none. */
  readonly version: number;
  /** For how long it is kept without a further save: whole milliseconds, at least 1. */
  readonly expireMs: number;
}

/** Where sessions are kept; each method is one atomic step. */
export interface SessionStore {
  /** Answers `undefined` when there is none, or it has expired. */
  load(id: string): Promise<StoredSession | undefined>;
  /**
   * Writes only while the stored version still is the one given, and answers false when it is not:
   * somebody else has saved since, it has expired or was deleted. A save that is sent again because
   * its answer was lost answers false as well.
   */
  save(session: SessionToSave): Promise<boolean>;
  /** Forgets it, whatever its version; for people who ask to be forgotten. */
  delete(id: string): Promise<void>;
}
