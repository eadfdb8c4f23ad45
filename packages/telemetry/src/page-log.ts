import type { Logger } from 'pino';
import type { SparingLog } from './sparing-log.ts';

/** Why a Page's conversations wait, and what to do. */
interface Trouble {
  readonly kind: string;
  readonly reason: string;
  readonly remedy: string;
}

/** Writes down what becomes of the Pages. */
export interface PageLog {
  parked(page: string, trouble: Trouble): void;
  resumed(page: string): void;
  unsubscribed(page: string, fields: readonly string[]): void;
  repaired(page: string, fields: readonly string[]): void;
  silent(page: string, since: number): void;
  heardAgain(page: string): void;
  unreadable(page: string, refusal: string): void;
  failed(page: string | undefined, error: unknown): void;
}

/** Each line names the Page, and what needs somebody says what to do. */
export function createPageLog(log: Logger, complain: SparingLog): PageLog {
  return {
    parked: (page, { kind, reason, remedy }) =>
      log.error({ page, kind, reason, remedy }, 'Page parked: its conversations wait'),
    resumed: (page) => log.info({ page }, 'Page resumed: its conversations go on'),
    unsubscribed: (page, fields) =>
      log.error(
        { page, fields, remedy: 'Look at App > Webhooks, then `bot pages check --repair`.' },
        'Page does not send what the bot needs',
      ),
    repaired: (page, fields) =>
      log.warn({ page, fields }, 'Page had ended its subscription; it is subscribed again'),
    silent: (page, since) =>
      log.error(
        {
          page,
          since: new Date(since).toISOString(),
          remedy: '`bot pages check` looks whether it works.',
        },
        'Page used to talk and has fallen silent',
      ),
    heardAgain: (page) => log.info({ page }, 'Page is heard again'),
    unreadable: (page, refusal) =>
      log.warn(
        { page, reason: refusal, remedy: 'See whether the token has pages_manage_metadata.' },
        'Page subscription could not be read or repaired',
      ),
    failed: (page, error) => {
      const reason = error instanceof Error ? error.message : String(error);
      if (page === undefined) complain('Pages could not be looked after; trying again', { reason });
      else complain(`Page ${page} could not be looked after; trying again`, { page, reason });
    },
  };
}
