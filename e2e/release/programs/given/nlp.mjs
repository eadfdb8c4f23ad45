/** What the examples of @bot/nlp take for granted. */
import { deepStrictEqual } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { PGlite } from '@electric-sql/pglite';
import { createBot } from '@bot/handlers';
import { drive } from '@bot/handlers/testing';
import { formatModel, readExamples, trainModel } from '@bot/nlp';
import {
  createBudget,
  createCompatibleModel,
  createGuardedModel,
  createMemoryBudgetStore,
  createPassages,
} from '@bot/nlp/model';
import { connectRedis, systemClock as clock } from '@bot/queue';
import { redirect } from '../addresses.mjs';

const sentences = {
  price: ['giá bao nhiêu vậy shop', 'cái này nhiêu tiền', 'gia bn z', 'how much is it'],
  book_callback: ['gọi lại cho mình nhé', 'goi minh nha', 'please call me back'],
};
const said = { kind: 'answer', text: 'Quán mở cửa lúc 8 giờ.', sources: ['p1'] };
const questions = [];

function examplesOf(choose) {
  const intents = Object.entries(sentences).map(([name, all]) => [name, { examples: choose(all) }]);
  return JSON.stringify({ intents: Object.fromEntries(intents) });
}
const examples = examplesOf((all) => all);
const heldOut = examplesOf(([first]) => [`${first} ạ`]);
const learned = trainModel(readExamples(examples, 'examples.json'));
writeFileSync('examples.json', examples);
writeFileSync('held-out.json', heldOut);
writeFileSync('model.json', formatModel(learned));
mkdirSync('documents', { recursive: true });
writeFileSync('documents/opening.md', '# Giờ mở cửa\n\nQuán mở cửa lúc 8 giờ.\n');

/** A model server that gives one answer. */
async function answer(request, response) {
  const { messages } = JSON.parse(Buffer.concat(await request.toArray()));
  questions.push(JSON.parse(messages.at(-1).content).question);
  const message = { role: 'assistant', content: JSON.stringify(said) };
  const usage = { prompt_tokens: 200, completion_tokens: 30, total_tokens: 230 };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }], usage }));
}
const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
redirect('localhost:8000', server.address().port);

const bot = createBot();
const database = new PGlite();
const problems = [];
const log = (fields) => void fields;
log.error = (fields, message) => void problems.push(message);
Object.assign(globalThis, {
  bot,
  clock,
  database,
  log,
  apiKey: 'key',
  timestamp: Date.now(),
  event: { type: 'text', text: 'mai', nlp: { intents: [], entities: [], traits: [] } },
  redis: connectRedis({ url: process.env.REDIS_URL, role: 'worker' }),
  model: createGuardedModel({
    model: createCompatibleModel({ url: 'http://localhost:8000/v1', model: 'qwen3' }),
    clock,
    budget: createBudget({
      store: createMemoryBudgetStore(),
      clock,
      timeZone: 'Asia/Ho_Chi_Minh',
      perDay: { tokens: 1_000_000 },
      perPersonPerDay: { tokens: 50_000 },
    }),
  }),
  passages: createPassages({ database }),
  callStaff: async () => {},
  ordersOf: async () => [],
});

/** A person is answered from the documents that one example has loaded, by the bot of another. */
export async function verify() {
  deepStrictEqual(problems, []);
  deepStrictEqual(await drive(bot).says('Mấy giờ quán mở cửa?'), [said.text]);
  deepStrictEqual(questions, ['Mấy giờ quán mở cửa?']);
}
