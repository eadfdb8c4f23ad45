import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { ProviderModel } from './provider.ts';

/** A server that speaks OpenAI's chat completions: vLLM, Ollama, llama.cpp, LiteLLM and others. */
export interface CompatibleModelOptions {
  /** Without `/chat/completions`, such as `http://localhost:8000/v1`. */
  readonly url: string;
  /** The model's name on that server. */
  readonly model: string;
  readonly apiKey?: string;
  /** Whether the server holds the model to a JSON schema. `false`: only to JSON. Default true. */
  readonly structuredOutput?: boolean;
  /** Most bytes of an answer. Default 1 MiB. */
  readonly mostBytes?: number;
  /** Default: the process's own `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

const MIB = 1_024 * 1_024;

/**
 * A model behind a URL. Redirects are not followed, and an answer is read up to a limit; the SDK's
 * own is 2 GiB.
 *
 * @throws {TypeError} when the URL is none of http or https, or has a password in it.
 *
 * @example
 * const model = createCompatibleModel({ url: 'http://localhost:11434/v1', model: 'qwen3:8b' });
 */
export function createCompatibleModel(options: CompatibleModelOptions): ProviderModel {
  const { url, model, apiKey, structuredOutput = true, mostBytes = MIB } = options;
  const { protocol, username, password } = URL.parse(url) ?? { protocol: '' };
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') {
    throw new TypeError(
      'url must begin with http:// or https:// and have no password; a key goes into apiKey.',
    );
  }
  const { fetch = globalThis.fetch } = options;
  const provider = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: url,
    supportsStructuredOutputs: structuredOutput,
    fetch: async (input, init) =>
      bounded(await fetch(input, { ...init, redirect: 'error' }), mostBytes),
    ...(apiKey === undefined ? {} : { apiKey }),
  });
  return provider(model);
}

function bounded(response: Response, mostBytes: number): Response {
  let bytes = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw new RangeError(`The answer has more than ${mostBytes} bytes.`);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(limit) ?? null, response);
}
