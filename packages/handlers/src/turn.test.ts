import type { TextEvent, UnsupportedEvent } from '@bot/graph-client/webhook';
import { describe, expect, it } from 'vitest';
import { createTurn, type TurnPorts } from './turn.ts';

const event: TextEvent = {
  type: 'text',
  id: 'm_1',
  mid: 'm_1',
  platform: 'page',
  pageId: '10',
  psid: '20',
  timestamp: 1,
  channel: 'messaging',
  text: 'xin chào',
};

/** Ports whose journal outlives a turn, as a queue's does. */
function ports(done: Map<string, unknown>, send: (text: string) => Promise<void>): TurnPorts {
  return {
    signal: new AbortController().signal,
    async step<Result>(name: string, effect: (step: { id: string }) => Promise<Result>) {
      if (!done.has(name)) done.set(name, await effect({ id: `m_1/${name}` }));
      return done.get(name) as Result;
    },
    sender: {
      async sendText({ pageId, to, text, metadata }) {
        await send(`${pageId} ${to} ${metadata} ${text}`);
        return { messageId: 'm' };
      },
    },
  };
}

describe('a turn', () => {
  it('sends each reply to the person of its event, told apart by metadata', async () => {
    const sent: string[] = [];
    const turn = createTurn(
      event,
      ports(new Map(), async (text) => void sent.push(text)),
    );
    await turn.reply('một');
    await turn.reply('hai');
    expect(sent).toEqual(['10 20 m_1/reply-1 một', '10 20 m_1/reply-2 hai']);
    expect(turn.conversation.id).toBe('10:20');
  });

  it('sends a long text in parts, in order and whole', async () => {
    const sent: string[] = [];
    const turn = createTurn(
      event,
      ports(new Map(), async (text) => void sent.push(text)),
    );
    await turn.reply(`${'à'.repeat(1_999)} ${'b'.repeat(10)}`);
    expect(sent).toEqual([
      `10 20 m_1/reply-1 ${'à'.repeat(1_999)}`,
      `10 20 m_1/reply-2 ${'b'.repeat(10)}`,
    ]);
  });

  it('does not repeat sent replies when it is run again', async () => {
    const sent: string[] = [];
    const done = new Map<string, unknown>();
    let broken = true;
    const run = async (): Promise<void> => {
      const turn = createTurn(
        event,
        ports(done, async (text) => {
          if (text.endsWith('hai') && broken) throw new Error('reset');
          sent.push(text);
        }),
      );
      await turn.reply('một');
      await turn.reply('hai');
    };
    await expect(run()).rejects.toThrow('reset');
    broken = false;
    await run();
    expect(sent).toEqual(['10 20 m_1/reply-1 một', '10 20 m_1/reply-2 hai']);
  });

  it('cannot be made for an event without a person', () => {
    const nobody: UnsupportedEvent = {
      ...event,
      type: 'unsupported',
      psid: undefined,
      keys: [],
      raw: {},
    };
    expect(() =>
      createTurn(
        nobody,
        ports(new Map(), async () => {}),
      ),
    ).toThrow('no conversation');
  });
});
