import { describe, expect, it } from 'vitest';
import { eventFields } from './event-fields.ts';
import { createLog } from './log.ts';
import { createPseudonyms } from './pseudonyms.ts';

const pseudonyms = createPseudonyms('bí-mật-1234');
const lane = '100000000000001:24000000000000001';

function setUp(): { log: ReturnType<typeof createLog>; lines: () => unknown[] } {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const log = createLog({ name: 'worker', level: 'info', pseudonyms, destination });
  return { log, lines: () => written.map((line) => JSON.parse(line) as unknown) };
}

describe('the log', () => {
  it('names conversations so that nobody can tell the person, and always in the same way', () => {
    const { log, lines } = setUp();
    log.warn({ lane, reason: `The lease on lane ${lane} is lost.` }, `gone: ${lane}`);
    log.info({ from: '127.0.0.1:40000', at: '12:30:15', span: '1700000000000' }, 'unchanged');
    const asked = 'http://127.0.0.1:40000/100001/24000000000000001';
    log.info({ asked, code: '10/2018278' }, 'Graph said (code 10/2018278): no');
    const hidden = `100000000000001:${pseudonyms.of(lane)}`;
    expect(lines()).toMatchObject([
      { lane: hidden, reason: `The lease on lane ${hidden} is lost.`, msg: `gone: ${hidden}` },
      { from: '127.0.0.1:40000', at: '12:30:15', span: '1700000000000', name: 'worker' },
      {
        asked: 'http://127.0.0.1:40000/…/…',
        code: '10/2018278',
        msg: 'Graph said (code 10/2018278): no',
      },
    ]);
    expect(JSON.stringify(lines())).not.toContain('24000000000000001');
    expect(pseudonyms.of(lane)).toMatch(/^[\da-f]{12}$/);
    expect(createPseudonyms('another').of(lane)).not.toBe(pseudonyms.of(lane));
  });
});

describe('what Graph and its client say of a call', () => {
  it.each([
    `GET https://graph.facebook.com/v26.0/24000000000000001 was refused.`,
    `GET https://graph.facebook.com/v26.0/24000000000000001/ids_for_pages took too long.`,
    `Object with ID '24000000000000001' does not exist`,
  ])('is written down without the person: %s', (reason) => {
    const { log, lines } = setUp();
    log.warn({ reason }, 'turn failed');
    const hidden = reason.replace('24000000000000001', '…');
    expect(lines()).toMatchObject([{ reason: hidden }]);
  });
});

describe('the fields of an event', () => {
  const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  it('are its ids, its Page, its conversation and its trace', () => {
    expect(eventFields({ id: 'text.m_1', lane, trace }, pseudonyms)).toEqual({
      event: 'text.m_1',
      lane: `100000000000001:${pseudonyms.of(lane)}`,
      page: '100000000000001',
      conversation: pseudonyms.of(lane),
      trace: '4bf92f3577b34da6a3ce929d0e0e4736',
    });
  });

  it('leave out what there is none of', () => {
    expect(eventFields({ id: 'a', lane: '100:page', trace: 'nonsense' }, pseudonyms)).toEqual({
      event: 'a',
      lane: '100:page',
      page: '100',
    });
  });

  it('name no person where an id is made of the conversation', () => {
    const { event } = eventFields({ id: `timer.${lane}.1.1700000000000`, lane }, pseudonyms);
    expect(event).toBe(`timer.100000000000001:${pseudonyms.of(lane)}.1.1700000000000`);
  });
});
