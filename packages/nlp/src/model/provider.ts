import type { Clock } from '@bot/handlers';
import { extractJsonMiddleware, wrapLanguageModel, type LanguageModel } from 'ai';
import type { TokenCount } from './budget.ts';
import { failureOf, ModelFailure } from './failure.ts';
import { pause } from './time-limit.ts';

// Without the SDK's own types: they are there only for who installed it, and need `skipLibCheck`.
/**
 * A model of any provider of the AI SDK. Not by name alone: the SDK would ask for such a one at its
 * makers' gateway, and so send what people write to one more company.
 */
export interface ProviderModel {
  readonly specificationVersion: 'v2' | 'v3' | 'v4';
  readonly provider: string;
  readonly modelId: string;
  /** Asks it. */
  doGenerate(options: never): PromiseLike<unknown>;
}

type SdkModel = Exclude<LanguageModel, string>;

/** What a provider's requests of one call came to. */
export interface Meter {
  readonly requests: number;
  readonly tokens: TokenCount;
  /** Whether any request may have cost something that is in no count. */
  readonly isOpen: boolean;
}

/** How a provider is asked. */
interface MeteredOptions {
  readonly clock: Clock;
  /** Times that a request is sent again after a failure that may pass. */
  readonly retries: number;
  /** Names of the tools that may be called. */
  readonly tools: readonly string[];
  readonly signal: AbortSignal;
}

/** A server that wants more patience than this is not asked again. */
const LONGEST_PAUSE_MS = 2_000;
const FIRST_PAUSE_MS = 250;
const MOST_TOOL_CALLS = 8;

/**
 * The model of one call: it counts tokens, tries again, and lets nothing through but text, thoughts
 * and calls of tools that are allowed. What the SDK would make of the rest (fetching a file from an
 * address in the answer, warnings on the console) does not come about.
 */
export function metered(
  model: ProviderModel,
  { clock, retries, tools, signal }: MeteredOptions,
): { readonly model: ReturnType<typeof wrapLanguageModel>; readonly meter: Meter } {
  let requests = 0;
  let open = 0;
  let toolCalls = 0;
  let inputTokens = 0;
  let outputTokens = 0;

  /** Trying again is done here and not by the SDK, whose pauses heed no clock but the process's. */
  async function repeating<Result>(send: () => PromiseLike<Result>): Promise<Result> {
    for (let attempt = 0; ; attempt += 1) {
      requests += 1;
      open += 1;
      try {
        return await send();
      } catch (error) {
        const failure = failureOf(error);
        const { isFree = false, mayPass = false, retryAfterMs } = failure.details;
        if (isFree) open -= 1;
        const pauseMs = retryAfterMs ?? FIRST_PAUSE_MS * 2 ** attempt;
        if (!mayPass || attempt >= retries || !(pauseMs <= LONGEST_PAUSE_MS)) throw failure;
        await pause(clock, pauseMs, signal);
      }
    }
  }

  const guard = {
    specificationVersion: 'v4' as const,
    wrapGenerate: async ({ doGenerate }: { doGenerate: () => PromiseLike<Generated> }) => {
      const result = await repeating(doGenerate);
      const { usage, finishReason, content } = result;
      if (usage.inputTokens.total !== undefined && usage.outputTokens.total !== undefined) {
        open -= 1;
        inputTokens += usage.inputTokens.total;
        outputTokens += usage.outputTokens.total;
      }
      if (finishReason.unified === 'content-filter') throw new ModelFailure('content-filter');
      const calls = content.filter((part) => part.type === 'tool-call');
      toolCalls += calls.length;
      const isAllowed = calls.every(
        ({ toolName, providerExecuted = false }) => tools.includes(toolName) && !providerExecuted,
      );
      if (!isAllowed || toolCalls > MOST_TOOL_CALLS) throw new ModelFailure('forbidden-tool');
      const kept = content.filter(({ type }) => KEPT_PARTS.has(type));
      return { ...result, warnings: [], content: kept };
    },
  };

  return {
    model: wrapLanguageModel({
      model: model as SdkModel,
      middleware: [extractJsonMiddleware(), guard],
    }),
    meter: {
      get requests() {
        return requests;
      },
      get tokens() {
        return { inputTokens, outputTokens };
      },
      get isOpen() {
        return open > 0;
      },
    },
  };
}

/** What a model of the SDK answers. */
type Generated = Awaited<ReturnType<ReturnType<typeof wrapLanguageModel>['doGenerate']>>;

const KEPT_PARTS: ReadonlySet<string> = new Set(['text', 'reasoning', 'tool-call']);
