import type { EventEmitter } from 'node:events';
import type { Queue, RedisFinding } from '@bot/queue';
import type { MenuChange, SyncMenuOptions } from './menu.ts';
import type { PageCheck } from './page-check.ts';

/** What the command needs of the queue. */
export type OperatorQueue = Pick<Queue, 'deadLetters' | 'figures' | 'lane' | 'events' | 'close'>;

/** A Redis that was just connected to, and the queue in it. */
export interface OpenRedis {
  /** Emits `ready`, or `error` when it cannot be reached. */
  readonly connection: EventEmitter & { disconnect(): void };
  readonly queue: OperatorQueue;
  /** What stands against the queue's promises there. */
  readonly inspect: () => Promise<readonly RedisFinding[]>;
}

/** What is known of a Page without asking Meta. Times are in ms since 1970. */
export interface PageStatus {
  /** Absent for the Page of a single token, which only Meta knows. */
  readonly pageId?: string | undefined;
  readonly name?: string | undefined;
  /** When Meta was last asked. */
  readonly checkedAt?: number | undefined;
  readonly trouble?:
    | {
        readonly kind: string;
        readonly since: number;
        readonly reason: string;
        readonly remedy: string;
      }
    | undefined;
  /** Webhook fields that the app is not subscribed to. */
  readonly missingFields?: readonly string[] | undefined;
  /** When the last delivery of the Page came. */
  readonly heardAt?: number | undefined;
  /** Set when no delivery has come for longer than is usual. */
  readonly silentSince?: number | undefined;
}

/** A Page that can be asked about and changed. */
export interface OperatorPage extends Pick<PageStatus, 'pageId' | 'name'> {
  /** Asks Meta whether the Page works; with `repair` mends what it may. */
  check(options: { readonly repair: boolean; readonly signal: AbortSignal }): Promise<PageCheck>;
  /** Compares the Page's menu with the one in code and, with `apply`, brings it there. */
  readonly syncMenu: (options: SyncMenuOptions) => Promise<readonly MenuChange[]>;
}

/** All that the command works on. Nothing is connected to before a command needs it. */
export interface Operations {
  connect(): OpenRedis;
  readonly pages: readonly OperatorPage[];
  /** What is known of the Pages. */
  pageStatus(): Promise<readonly PageStatus[]>;
  /** Lets go of what the Pages share. */
  close(): Promise<void>;
}
