import type { Clock } from '@bot/handlers';
import { generateText, isStepCount, Output, type ToolSet } from 'ai';
import type { z } from 'zod';
import type { ModelTools } from './allowed-tools.ts';
import type { Budget, Reserve } from './budget.ts';
import { createBreaker, type BreakerOptions } from './breaker.ts';
import { asData, type Data } from './data-message.ts';
import { failureOf, ModelFailure } from './failure.ts';
import type { ModelObserver, Purpose } from './observer.ts';
import { metered, type Meter, type ProviderModel } from './provider.ts';
import { withinTime } from './time-limit.ts';

/** A model, and what it may cost in time and money. */
export interface GuardedModelOptions {
  /** Of any provider of the AI SDK, or of {@link createCompatibleModel}. */
  readonly model: ProviderModel;
  readonly budget: Budget;
  readonly clock: Clock;
  /** Time for a call with everything in it, attempts as well. Default 10,000. */
  readonly timeoutMs?: number;
  /** Calls at once in this process; one more fails at once. Default 20. */
  readonly mostCalls?: number;
  /** Times that a request is sent again, in the same time, after a failure that may pass. Default 1. */
  readonly retries?: number;
  readonly breaker?: BreakerOptions;
  readonly observer?: ModelObserver;
}

/** What a model is asked. */
export interface ModelRequest<Value> {
  readonly purpose: Purpose;
  /** Whose budget it is on: `<pageId>:<psid>`. */
  readonly conversation: string;
  /** The bot's own words. Nothing that a person or a document says may stand in them. */
  readonly instructions: string;
  /** Everything else, which travels as JSON in a message of its own. */
  readonly data: Data;
  /** What it must answer, as JSON. */
  readonly schema: z.ZodType<Value>;
  /** More is cut off, and then of no use. */
  readonly mostOutputTokens: number;
  /** All that it may call. */
  readonly tools?: ModelTools;
  readonly signal: AbortSignal;
}

/** What a model said in the form that it was asked for. */
export interface ModelAnswer<Value> {
  readonly value: Value;
  /** What the tools answered that it called. */
  readonly toolResults: readonly { readonly tool: string; readonly output: unknown }[];
}

/** A model behind limits of time, money and number; share one among all that ask the same model. */
export interface GuardedModel {
  /** @throws {ModelFailure} and nothing else, without anything of what was said. */
  ask<Value>(request: ModelRequest<Value>): Promise<ModelAnswer<Value>>;
}

const defaults = { timeoutMs: 10_000, mostCalls: 20, retries: 1 } as const;

/** Requests of one call, each of which may call tools. */
const MOST_STEPS = 3;

/**
 * Puts limits around a model. A call runs within `timeoutMs`, `mostCalls` at once, while the model
 * is not resting after failures, and while the budget lasts; what it may cost is set aside before.
 *
 * @throws {RangeError} when a limit is no whole number, or too small.
 *
 * @example
 * const model = createGuardedModel({
 *   model: createCompatibleModel({ url: 'http://localhost:8000/v1', model: 'qwen3' }),
 *   budget,
 *   clock,
 * });
 */
export function createGuardedModel(options: GuardedModelOptions): GuardedModel {
  const {
    model,
    budget,
    clock,
    observer = {},
    timeoutMs,
    mostCalls,
    retries,
  } = {
    ...defaults,
    ...options,
  };
  assertWhole({ timeoutMs, mostCalls }, 1);
  assertWhole({ retries }, 0);
  const breaker = createBreaker({ ...options.breaker, clock });
  let running = 0;

  async function generate<Value>(
    request: ModelRequest<Value>,
    {
      model: provider,
      signal,
    }: { model: ReturnType<typeof metered>['model']; signal: AbortSignal },
  ): Promise<ModelAnswer<Value>> {
    const { instructions, schema, tools = {}, mostOutputTokens } = request;
    const { output, toolResults } = await generateText({
      model: provider,
      instructions,
      messages: [{ role: 'user', content: asData(request.data) }],
      output: Output.object({ schema }),
      tools: tools as ToolSet,
      stopWhen: isStepCount(MOST_STEPS),
      maxOutputTokens: mostOutputTokens,
      temperature: 0,
      // Done by the provider's own wrapper.
      maxRetries: 0,
      abortSignal: signal,
      // Integrations that the process registered would get every word.
      telemetry: { isEnabled: false },
    });
    const results = toolResults.map((result) => ({ tool: result.toolName, output: result.output }));
    return { value: output, toolResults: results };
  }

  async function settle(reserve: Reserve, meter: Meter): Promise<void> {
    // What was cut off may have to be paid: what was set aside stays.
    if (meter.isOpen) return;
    await reserve.settle(meter.tokens).catch(() => observer.unsettled?.());
  }

  async function run<Value>(
    request: ModelRequest<Value>,
    use: (meter: Meter) => void,
  ): Promise<ModelAnswer<Value>> {
    if (running >= mostCalls) throw new ModelFailure('busy');
    running += 1;
    try {
      return await breaker.run(() =>
        withinTime({ clock, limitMs: timeoutMs, signal: request.signal }, async (signal) => {
          const reserve = await budget.reserve(request.conversation, mostTokens(request));
          const tools = Object.keys(request.tools ?? {});
          const asked = metered(model, { clock, retries, tools, signal });
          use(asked.meter);
          try {
            signal.throwIfAborted();
            return await generate(request, { model: asked.model, signal });
          } finally {
            void settle(reserve, asked.meter);
          }
        }),
      );
    } finally {
      running -= 1;
    }
  }

  return {
    async ask(request) {
      const beganAt = clock.now();
      let meter: Meter | undefined;
      const tell = (failure?: ModelFailure): void =>
        observer.called?.({
          purpose: request.purpose,
          failure: failure?.reason,
          status: failure?.details.status,
          durationMs: clock.now() - beganAt,
          requests: meter?.requests ?? 0,
          ...(meter?.tokens ?? { inputTokens: 0, outputTokens: 0 }),
        });
      try {
        const answer = await run(request, (used) => {
          meter = used;
        });
        tell();
        return answer;
      } catch (error) {
        const failure = failureOf(error);
        tell(failure);
        throw failure;
      }
    },
  };
}

/** Most texts have fewer tokens than half their bytes; the provider's own count settles it. */
const BYTES_PER_TOKEN = 2;

function mostTokens<Value>(request: ModelRequest<Value>): {
  inputTokens: number;
  outputTokens: number;
} {
  const bytes = Buffer.byteLength(request.instructions) + Buffer.byteLength(asData(request.data));
  const steps = request.tools === undefined ? 1 : MOST_STEPS;
  return {
    inputTokens: Math.ceil(bytes / BYTES_PER_TOKEN) * steps,
    outputTokens: request.mostOutputTokens * steps,
  };
}

function assertWhole(limits: Readonly<Record<string, number>>, least: number): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (!Number.isInteger(limit) || limit < least) {
      throw new RangeError(`${name} must be a whole number of at least ${least}, got ${limit}.`);
    }
  }
}
