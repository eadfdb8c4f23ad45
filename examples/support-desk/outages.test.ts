import type { PassageDatabase } from '@bot/nlp/model';
import { PGlite } from '@electric-sql/pglite';
import { drive } from '@bot/handlers/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDesk, startAt } from './desk.test-setup.ts';

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
}, 60_000);

afterAll(() => database.close());

const away: PassageDatabase = {
  query: () => Promise.reject(new Error('The database is away.')),
};

it('answers from the beginning of a known page while the database is away', async () => {
  const desk = openDesk(away);
  const person = drive(desk.bot);
  expect(await person.says('xin chào')).toEqual([expect.stringMatching(/^Chào bạn/)]);
  const [answer] = await person.says('phí ship bao nhiêu');
  expect(answer).toMatch(/^Tiệm giao hàng toàn quốc[^]*\n\nTheo trang: Giao hàng\n/);
  expect(await person.says('how much is shipping')).toEqual([
    expect.stringMatching(/^We deliver all over Vietnam[^]*\n\nFrom our page: Delivery\n/),
  ]);
  expect(desk.reports).toEqual([
    new Error('The database is away.'),
    new Error('The database is away.'),
  ]);
});

it('is honest about what only a search could find meanwhile, and finds it when it is back', async () => {
  let isAway = true;
  const { bot } = openDesk({
    query: (text, parameters) => (isAway ? away : database).query(text, parameters),
  });
  const person = drive(bot);
  expect(await person.says('cách pha trà sen')).toEqual([expect.stringMatching(/chưa chắc/)]);
  isAway = false;
  expect(await person.says('cách pha trà sen')).toEqual([expect.stringMatching(/^Dùng 5 g trà/)]);
  isAway = true;
  expect(await person.says('cách pha trà sen')).toEqual([expect.stringMatching(/chưa chắc/)]);
});

it('greets, and hands over with the last words alone, without a history', async () => {
  const desk = openDesk(away);
  const person = drive({
    handle: (event, ports) =>
      desk.bot.handle(event, { ...ports, history: () => Promise.reject(new Error('away')) }),
  });
  expect(await person.says('hello').says('hello')).toEqual([expect.stringMatching(/^Welcome to/)]);
  await person.says('talk to a human');
  expect(desk.notes).toEqual(['Khách: talk to a human']);
});

it('notes a callback once, though what follows it fails', async () => {
  const desk = openDesk(away);
  let isBroken = true;
  const person = drive(desk.bot, {
    startAt,
    retries: () => true,
    send: ({ message }) => {
      if (isBroken && message.text?.startsWith('Xong')) throw new Error('reset');
    },
  });
  await person.says('gọi lại cho mình').says('0912345678').says('3h chiều mai');
  await expect(person.taps('Đúng rồi')).rejects.toThrow('reset');
  isBroken = false;
  expect(await person.again()).toEqual([expect.stringMatching(/^Xong!/)]);
  expect(desk.callbacks).toHaveLength(1);
});

it('says once that it hands over, and does so though Messenger refused it first', async () => {
  let calls = 0;
  const { bot } = openDesk(away, {
    passToHumans: async () => {
      calls += 1;
      if (calls === 1) throw new Error('refused');
    },
  });
  const person = drive(bot, { retries: () => true });
  await expect(person.says('gặp nhân viên')).rejects.toThrow('refused');
  expect(await person.again()).toEqual([]);
  expect(person.sent).toHaveLength(1);
  expect(calls).toBe(2);
});
