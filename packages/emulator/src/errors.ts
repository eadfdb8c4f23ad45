/** What went wrong: an option, an id, a text, a fault, an event, what is not there, or the port. */
export type EmulatorErrorCode =
  | 'INVALID_OPTION'
  | 'INVALID_PSID'
  | 'INVALID_TEXT'
  | 'INVALID_FAULT'
  | 'INVALID_EVENT'
  | 'NOT_FOUND'
  | 'NOTHING_TO_TAP'
  | 'PORT_TAKEN'
  | 'CLOSED';

/**
 * The only error that the emulator throws by itself; its message says what to do next.
 *
 * @example
 * ```ts
 * try { await createEmulator(options); } catch (error) {
 *   if (error instanceof EmulatorError && error.code === 'PORT_TAKEN') useAnotherPort();
 * }
 * ```
 */
export class EmulatorError extends Error {
  readonly code: EmulatorErrorCode;

  constructor(code: EmulatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = `EmulatorError [${code}]`;
    this.code = code;
  }
}
