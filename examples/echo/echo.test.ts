import { drive, sticker } from '@bot/handlers/testing';
import { expect, it } from 'vitest';
import { bot } from './echo.ts';

it('says back what it is told', async () => {
  expect(await drive(bot).says('xin chào')).toEqual(['Bạn vừa nói: "xin chào"']);
  expect(await drive(bot).sends(sticker())).toEqual([
    'Bạn nhắn bằng chữ giúp mình nhé! (Please write to me.)',
  ]);
});
