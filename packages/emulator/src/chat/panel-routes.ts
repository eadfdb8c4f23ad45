import type { FastifyInstance } from 'fastify';
import type { Fault } from '../faults/faults.ts';
import type { Emulator } from '../emulator.ts';

type OfOne = { Params: { id: string } };

/** What the panel beside the chat does: faults, replays, and the webhook. */
export function addPanelRoutes(chat: FastifyInstance, emulator: Emulator): void {
  chat.post('/chat/faults', async ({ body }, reply) =>
    reply.code(201).send(emulator.inject(body as Fault)),
  );
  chat.delete<OfOne>('/chat/faults/:id', async ({ params }, reply) => {
    emulator.removeFault(params.id);
    return reply.code(204).send();
  });
  chat.post<OfOne>('/chat/deliveries/:id/replay', async ({ params }, reply) =>
    reply.code(201).send({ id: emulator.replay(params.id).id }),
  );
  chat.post('/chat/handshake', async () => emulator.handshake());
  chat.post<OfOne>('/chat/pages/:id/subscription', async ({ params }, reply) => {
    emulator.subscribePage(params.id);
    return reply.code(204).send();
  });
}
