import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { JobQueue } from '@bot/queue';
import { requirePassword } from '@bot/service';
import type { FastifyInstance } from 'fastify';

export interface BoardOptions {
  /** Whoever knows it may look; the user's name is `bot`. `undefined` adds nothing. */
  readonly password: string | undefined;
  /** Why Redis cannot be asked now, such as `Redis is reconnecting`; absent when it can. */
  readonly trouble: () => string | undefined;
  /** Opens the queues, at the first look. */
  readonly open: () => readonly JobQueue[];
}

const PATH = '/board';
/** A connection that is gone is known as such; one that hangs is found out by this. */
const ANSWER_WITHIN_MS = 900;

/**
 * Shows at `/board` the jobs that BullMQ has, and changes none: a job is a hint to look at lanes, and
 * the lanes themselves are looked at by `bot lanes show`. Job data is ids of conversations, so it
 * stands behind a password.
 */
export async function addBoard(
  app: FastifyInstance,
  { password, trouble, open }: BoardOptions,
): Promise<void> {
  if (password === undefined) return;
  const adapter = new FastifyAdapter().setBasePath(PATH);
  const { setQueues } = createBullBoard({ queues: [], serverAdapter: adapter });
  // Its own would answer with a stack.
  adapter.setErrorHandler(() => ({ status: 500, body: { error: 'It cannot be shown.' } }));
  let opened: readonly JobQueue[] | undefined;

  function openOnce(): void {
    if (opened !== undefined) return;
    opened = open();
    setQueues(opened.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })));
  }

  await app.register(async (scope) => {
    await requirePassword(scope, password);
    scope.addHook('onRequest', async (_request, reply) => {
      const reason = trouble();
      if (reason === undefined) return openOnce();
      const body = { error: `${reason}: nothing can be shown.` };
      return reply.code(503).header('retry-after', '1').send(body);
    });
    scope.addHook('onRoute', (route) => {
      // Not the page's files: they may take their time on the way.
      if (!route.url.startsWith(`${PATH}/api/`)) return;
      route.handlerTimeout = ANSWER_WITHIN_MS;
      route.errorHandler = (_error, _request, reply) => {
        void reply.code(503).header('retry-after', '1').send({ error: 'Redis did not answer.' });
      };
    });
    await scope.register(adapter.registerPlugin(), { prefix: PATH });
    scope.addHook('onClose', async () => {
      await Promise.all((opened ?? []).map((queue) => queue.close()));
    });
  });
}
