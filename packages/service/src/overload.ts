import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import type { Overload } from '@bot/telemetry';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** From where on a process takes nothing more. */
export interface OverloadLimits {
  /** How late timers are, on average over a second, in ms. Default 500. */
  readonly eventLoopDelayMs?: number;
  /** Bytes of JavaScript objects. Default 85 % of what Node allows. */
  readonly heapBytes?: number;
  /** Bytes of the whole process. Default 90 % of what its container allows; without one no limit. */
  readonly processBytes?: number;
}

/** Answers 503 and says when to come again. */
export type Refuse = (reply: FastifyReply, reason: Overload, afterSeconds?: number) => FastifyReply;

/**
 * Refuses the requests of a scope, before their bodies are read, while the process cannot keep up:
 * Meta sends again, and what was begun is finished. Health and metrics stand outside of the scope.
 */
export async function refuseOverload(
  scope: FastifyInstance,
  limits: OverloadLimits,
  refuse: Refuse,
): Promise<void> {
  const allowed = process.constrainedMemory();
  // Without a container it is what the machine could ever address, or 0.
  const isBound = allowed > 0 && allowed < 2 ** 50;
  await scope.register(underPressure, {
    maxEventLoopDelay: limits.eventLoopDelayMs ?? 500,
    maxHeapUsedBytes: limits.heapBytes ?? 0.85 * getHeapStatistics().heap_size_limit,
    maxRssBytes: limits.processBytes ?? (isBound ? 0.9 * allowed : 0),
    pressureHandler(_request, reply, type) {
      void refuse(reply, type === underPressure.TYPE_EVENT_LOOP_DELAY ? 'event-loop' : 'memory');
    },
  });
}
