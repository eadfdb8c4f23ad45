import { APICallError, type LanguageModel, type ToolSet } from 'ai';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { z } from 'zod';
import type { ModelTools } from './allowed-tools.ts';
import type { BudgetStore } from './budget-store.ts';
import { createMemoryBudgetStore } from './budget-stores/memory.ts';
import type { ModelFailure } from './failure.ts';
import type { GuardedModel, ModelRequest } from './guarded-model.ts';
import { hanging, manualClock, mockModel, rig, saying } from './mocks.test-setup.ts';
import type { ProviderModel } from './provider.ts';

const schema = z.object({ ok: z.boolean() });
const ok = saying({ ok: true });

function ask(model: GuardedModel, more: Partial<ModelRequest<unknown>> = {}): Promise<unknown> {
  return model
    .ask({
      purpose: 'answer',
      conversation: '100:200',
      instructions: 'Say ok.',
      data: { text: 'chào' },
      schema,
      mostOutputTokens: 100,
      signal: new AbortController().signal,
      ...more,
    })
    .then(
      ({ value }) => value,
      (error: ModelFailure) => error.reason,
    );
}

function answered(statusCode: number, retryAfter?: string): APICallError {
  return new APICallError({
    message: 'no',
    url: 'http://model',
    requestBodyValues: {},
    statusCode,
    ...(retryAfter === undefined ? {} : { responseHeaders: { 'retry-after': retryAfter } }),
  });
}

describe('a request that fails', () => {
  it.each([
    ['a server that is busy', answered(503), 250],
    ['throttling, as soon as the server says', answered(429, '2'), 2_000],
    ['a broken connection', network('ECONNRESET'), 250],
  ])('is sent once more after %s', async (_what, error, pauseMs) => {
    const { model, clock, calls } = rig(mockModel(error, ok));
    const asked = ask(model);
    await expect.poll(() => clock.timers).toBe(2);
    clock.move(pauseMs - 1);
    expect(clock.timers).toBe(2);
    clock.move(1);
    expect(await asked).toEqual({ ok: true });
    expect(calls).toMatchObject([{ failure: undefined, requests: 2 }]);
  });

  it.each([
    ['a wrong key', answered(401), 'rejected'],
    ['a pause that is too long', answered(429, '60'), 'throttled'],
    ['a pause until a date', answered(429, 'Thu, 26 Nov 2026 05:00:01 GMT'), 'throttled'],
    ['an address that does not exist', answered(404), 'rejected'],
  ])('is not sent again after %s', async (_what, error, reason) => {
    const { model, calls } = rig(mockModel(error, ok));
    expect(await ask(model)).toBe(reason);
    expect(calls).toMatchObject([{ requests: 1, status: error.statusCode }]);
  });

  it('ends in its pause when the turn ends', async () => {
    const { model, clock } = rig(mockModel(answered(503), ok));
    const turn = new AbortController();
    const asked = ask(model, { signal: turn.signal });
    await expect.poll(() => clock.timers).toBe(2);
    turn.abort();
    expect(await asked).toBe('aborted');
    await expect.poll(() => clock.timers).toBe(0);
  });
});

describe('a model that is down', () => {
  it('costs its time limit a few times, then nothing, and is asked again by one', async () => {
    const source = mockModel(hanging, hanging, hanging, ok);
    const { model, clock, calls } = rig(source, { breaker: { failures: 3, holdMs: 30_000 } });
    const together = [ask(model), ask(model), ask(model)];
    await expect.poll(() => source.doGenerateCalls.length).toBe(3);
    clock.move(10_000);
    expect(await Promise.all(together)).toEqual(['timeout', 'timeout', 'timeout']);

    expect(await ask(model)).toBe('resting');
    clock.move(29_999);
    expect(await ask(model)).toBe('resting');
    expect(calls.at(-1)).toMatchObject({ failure: 'resting', requests: 0, durationMs: 0 });
    clock.move(1);
    const both = [ask(model), ask(model)];
    expect(await Promise.all(both)).toEqual([{ ok: true }, 'resting']);
    expect(await ask(model)).toEqual({ ok: true });
    expect(source.doGenerateCalls).toHaveLength(5);
  });

  it('rests again when the one who asked failed', async () => {
    const { model, clock } = rig(mockModel(answered(401)), { breaker: { failures: 1 } });
    expect(await ask(model)).toBe('rejected');
    clock.move(30_000);
    expect(await ask(model)).toBe('rejected');
    expect(await ask(model)).toBe('resting');
  });

  it('rests on though a call from before ends well', async () => {
    const slow = Promise.withResolvers<typeof ok>();
    const { model } = rig(
      mockModel(() => slow.promise, answered(401), ok),
      {
        breaker: { failures: 1 },
      },
    );
    const before = ask(model);
    expect(await ask(model)).toBe('rejected');
    slow.resolve(ok);
    expect(await before).toEqual({ ok: true });
    expect(await ask(model)).toBe('resting');
  });

  it('is not one that answers rubbish, nor one whose turns end', async () => {
    const { model } = rig(mockModel(saying('?')), { breaker: { failures: 1 } });
    expect(await ask(model)).toBe('not-json');
    expect(await ask(model, { signal: AbortSignal.abort() })).toBe('aborted');
    expect(await ask(model)).toBe('not-json');
  });
});

describe('a slow model', () => {
  it('holds no more turns than it may', async () => {
    const { model, clock } = rig(mockModel(hanging), { mostCalls: 2 });
    const held = [ask(model), ask(model)];
    await expect.poll(() => clock.timers).toBe(2);
    expect(await ask(model)).toBe('busy');
    clock.move(10_000);
    expect(await Promise.all(held)).toEqual(['timeout', 'timeout']);
    const next = ask(model);
    await expect.poll(() => clock.timers).toBe(1);
    clock.move(10_000);
    expect(await next).toBe('timeout');
  });
});

describe('the budget', () => {
  // 'Say ok.' and {"text":"chào"}: 23 bytes, so 12 tokens; and 100 that it may answer.
  const reserved = 112;

  it('is charged what a call did cost, and no more', async () => {
    const limits = { perPersonPerDay: { tokens: reserved + 120 } };
    const source = mockModel(ok);
    const { model } = rig(source, { limits });
    expect(await ask(model)).toEqual({ ok: true });
    expect(await ask(model)).toEqual({ ok: true });
    expect(await ask(model)).toBe('over-budget-person');
    expect(await ask(model, { conversation: '100:300' })).toEqual({ ok: true });
    expect(source.doGenerateCalls).toHaveLength(3);
  });

  it('holds for calls at once, before any of them has ended', async () => {
    const { model, clock } = rig(mockModel(hanging), { limits: { perDay: { tokens: 250 } } });
    const held = [ask(model), ask(model)];
    await expect.poll(() => clock.timers).toBe(2);
    expect(await ask(model)).toBe('over-budget-day');
    clock.move(10_000);
    expect(await Promise.all(held)).toEqual(['timeout', 'timeout']);
    // What was cut off may have to be paid.
    expect(await ask(model)).toBe('over-budget-day');
  });

  it.each([
    ['is given back when the server refused', answered(500), { ok: true }],
    ['is given back when nobody was there', network('ECONNREFUSED'), { ok: true }],
    ['stays charged when the connection broke', network('ECONNRESET'), 'over-budget-day'],
  ])('%s', async (_what, error, then) => {
    const limits = { perDay: { tokens: reserved } };
    const { model } = rig(mockModel(error, ok), { limits, retries: 0 });
    expect(await ask(model)).toBe('unavailable');
    await new Promise(setImmediate);
    expect(await ask(model)).toEqual(then);
  });

  it('begins anew at midnight where the shop is', async () => {
    const clock = manualClock(Date.UTC(2026, 10, 26, 16, 59));
    const { model } = rig(mockModel(ok), { clock, limits: { perDay: { tokens: reserved + 119 } } });
    expect(await ask(model)).toEqual({ ok: true });
    expect(await ask(model)).toBe('over-budget-day');
    clock.move(60_000);
    expect(await ask(model)).toEqual({ ok: true });
  });

  it('lets nothing be asked while its store fails', async () => {
    const store: BudgetStore = {
      spend: () => Promise.reject(new Error('READONLY')),
      settle: async () => {},
    };
    const source = mockModel(ok);
    const { model } = rig(source, { limits: { store } });
    expect(await ask(model)).toBe('budget-store');
    expect(source.doGenerateCalls).toEqual([]);
  });

  it('is not waited for beyond the time limit', async () => {
    const store = { ...createMemoryBudgetStore(), spend: () => new Promise<undefined>(() => {}) };
    const { model, clock } = rig(mockModel(ok), { limits: { store } });
    const asked = ask(model);
    await expect.poll(() => clock.timers).toBe(1);
    clock.move(10_000);
    expect(await asked).toBe('timeout');
  });

  it('that cannot be settled changes nothing for who asked', async () => {
    const store = { ...createMemoryBudgetStore(), settle: () => Promise.reject(new Error('no')) };
    const { model, told } = rig(mockModel(ok), { limits: { store } });
    expect(await ask(model)).toEqual({ ok: true });
    expect(told).toEqual(['unsettled']);
  });
});

it('tells integrations of the process nothing, and prints no warnings', async () => {
  const told: unknown[] = [];
  const tell = (event: unknown): void => void told.push(event);
  globalThis.AI_SDK_TELEMETRY_INTEGRATIONS = [{ onStart: tell, onEnd: tell, onError: tell }];
  process.on('warning', tell);
  const warnings = [{ type: 'other' as const, message: 'chào, secret' }];
  const { model } = rig(mockModel({ ...ok, warnings }));
  expect(await ask(model)).toEqual({ ok: true });
  await new Promise(setImmediate);
  process.off('warning', tell);
  globalThis.AI_SDK_TELEMETRY_INTEGRATIONS = [];
  expect(told).toEqual([]);
});

it('takes every model that the SDK takes, but none by its name', () => {
  expectTypeOf<Exclude<LanguageModel, string>>().toExtend<ProviderModel>();
  expectTypeOf<string>().not.toExtend<ProviderModel>();
  expectTypeOf<ToolSet>().toExtend<ModelTools>();
});

it('fetches nothing that a model names', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no'));
  const url = new URL('https://evil.com/');
  const file = { type: 'file', mediaType: 'image/png', data: { type: 'url', url } } as const;
  const { model } = rig(mockModel({ ...ok, content: [...ok.content, file] }));
  expect(await ask(model)).toEqual({ ok: true });
  expect(fetched).not.toHaveBeenCalled();
  fetched.mockRestore();
});

it.each([{ timeoutMs: 0 }, { mostCalls: 1.5 }, { retries: -1 }])('refuses %j', (wrong) => {
  expect(() => rig(mockModel(), wrong)).toThrow(/must be a whole number of at least/);
});

/** As the SDK wraps what the socket says. */
function network(code: string): APICallError {
  const cause = new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  return new APICallError({
    message: 'no',
    url: 'http://model',
    requestBodyValues: {},
    cause,
    isRetryable: true,
  });
}
