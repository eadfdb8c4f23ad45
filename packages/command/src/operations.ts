import type { EventEmitter } from 'node:events';
import type { PageCheck, PageStatus } from '@bot/pages';
import type { Queue, RedisFinding, ShardMove } from '@bot/queue';
import type { MenuChange, SyncMenuOptions } from './menu.ts';

/** What the command needs of the queue. */
export type OperatorQueue = Pick<Queue, 'deadLetters' | 'figures' | 'lane' | 'events' | 'close'>;

/** A Redis that was just connected to, and the queue in it. */
export interface OpenRedis {
  /** Emits `ready`, or `error` when it cannot be reached. */
  readonly connection: EventEmitter & { disconnect(): void };
  readonly queue: OperatorQueue;
  /** To another number of shards, when the variables name one. */
  readonly shardMove?: ShardMove | undefined;
  /** What stands against the queue's promises there. */
  readonly inspect: () => Promise<readonly RedisFinding[]>;
  /** What is known of the Pages without asking Meta. */
  readonly pageStatus: () => Promise<readonly PageStatus[]>;
}

/** A Page that can be asked about and changed. */
export interface OperatorPage extends Pick<PageStatus, 'pageId' | 'name'> {
  /** Asks Meta whether the Page works; with `repair` mends what it may. Throws when it cannot ask. */
  check(options: { readonly repair: boolean; readonly signal: AbortSignal }): Promise<PageCheck>;
  /** Compares the Page's menu with the one in code and, with `apply`, brings it there. */
  readonly syncMenu: (options: SyncMenuOptions) => Promise<readonly MenuChange[]>;
}

/** All that the command works on. Nothing is connected to before a command needs it. */
export interface Operations {
  connect(): OpenRedis;
  readonly pages: readonly OperatorPage[];
  /** Lets go of what the Pages share. */
  close(): Promise<void>;
}
