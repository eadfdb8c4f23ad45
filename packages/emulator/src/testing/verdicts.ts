import { expect } from 'vitest';
import type { GraphAnswer } from './scene.ts';

export function expectTaken(answer: GraphAnswer): void {
  expect(answer.body['error']).toBeUndefined();
  expect(answer.status).toBe(200);
}

export function expectRefused(answer: GraphAnswer, named: string): void {
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    error: { code: 100, message: expect.stringContaining(named), fbtrace_id: expect.any(String) },
  });
}
