import { drive } from '@bot/handlers/testing';
import { describe, expect, it } from 'vitest';
import { createConversation } from './bot.ts';

describe('the default bot', () => {
  it('says back what a person writes', async () => {
    const replies = await drive(createConversation()).says('xin chào');
    expect(replies).toEqual(['Bạn vừa nói: "xin chào"']);
  });

  it.each([
    ['sticker', 'sticker'],
    ['image', 'hình ảnh'],
    ['location', 'vị trí'],
    ['ig_reel', 'nội dung này'],
    ['constructor', 'nội dung này'],
  ])('asks for text when it gets a %s', async (type, name) => {
    const replies = await drive(createConversation()).does({
      type: 'attachments',
      id: 'm_1',
      mid: 'm_1',
      platform: 'page',
      pageId: '1',
      psid: '2',
      timestamp: 1,
      channel: 'messaging',
      attachments: [{ type }],
    });
    expect(replies).toHaveLength(1);
    expect(replies[0]).toContain(`Mình chưa xem được ${name},`);
  });

  it('welcomes a person who taps "Get started"', async () => {
    const [reply] = await drive(createConversation()).taps('GET_STARTED');
    expect(reply).toContain('Chào bạn!');
  });
});
