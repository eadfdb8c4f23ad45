import type { PostbackEvent, TextEvent, WebhookEvent } from '@bot/graph-client/webhook';
import type { Bot } from '../bot.ts';

/** A person who talks to a bot in a test, without a network. */
export interface Person {
  /** Writes something and answers what the bot replied. */
  says(text: string): Promise<string[]>;
  /** Taps a button and answers what the bot replied. */
  taps(payload: string): Promise<string[]>;
  /** Lets any event happen and answers what the bot replied. */
  does(event: WebhookEvent): Promise<string[]>;
}

/**
 * @example
 * expect(await drive(bot).says('xin chào')).toEqual(['Chào bạn!']);
 */
export function drive(bot: Bot): Person {
  let count = 0;

  async function does(event: WebhookEvent): Promise<string[]> {
    const replies: string[] = [];
    await bot.handle(event, {
      signal: new AbortController().signal,
      step: (name, effect) => effect({ id: `${event.id}/${name}` }),
      sender: {
        async sendText({ text }) {
          replies.push(text);
          return { messageId: `m_reply_${replies.length}` };
        },
      },
    });
    return replies;
  }

  function common(): Omit<TextEvent, 'type' | 'text'> {
    count += 1;
    return {
      id: `m_${count}`,
      mid: `m_${count}`,
      platform: 'page',
      pageId: '100000000000001',
      psid: '2000000000000001',
      timestamp: 1_700_000_000_000 + count,
      channel: 'messaging',
    };
  }

  return {
    does,
    says: (text) => does({ ...common(), type: 'text', text }),
    taps: (payload) => {
      const event: PostbackEvent = { ...common(), type: 'postback', payload, title: payload };
      return does(event);
    },
  };
}
