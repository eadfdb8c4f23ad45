/** What went wrong: an option, a person's id, a text, a title that nothing has, or the port. */
export type EmulatorErrorCode =
  | 'INVALID_OPTION'
  | 'INVALID_PSID'
  | 'INVALID_TEXT'
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
