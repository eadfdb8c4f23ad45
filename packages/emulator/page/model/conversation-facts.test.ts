import { describe, expect, it } from 'vitest';
import { templates } from '../../src/testing/templates.ts';
import { createWords, languages } from '../words/words.ts';
import { localized } from './localized.ts';
import { windowOf } from './messaging-window.ts';
import { ownerOf } from './owner.ts';
import { contentName, previewOf } from './preview.ts';

const words = createWords('vi', () => 0);
const base = { mid: 'a', direction: 'in', timestamp: 1, status: 'read' } as const;

describe('a conversation', () => {
  it('has a window of 24 hours from what the person did last', () => {
    const day = 24 * 3_600_000;
    expect(windowOf(0, 5)).toEqual({ kind: 'never-opened' });
    expect(windowOf(5, 5 + day)).toEqual({ kind: 'open', until: 5 + day });
    expect(windowOf(5, 6 + day)).toEqual({ kind: 'closed', until: 5 + day });
  });

  it('is with the bot, a human, or nobody', () => {
    const owners = ['263902037430900', '4242', undefined].map(ownerOf);
    expect(owners).toEqual(['human', 'bot', 'nobody']);
  });

  it('has the menu of its language, else the one for all', () => {
    const menus = [{ locale: 'default' }, { locale: 'vi_VN' }];
    expect(localized(menus, 'vi')?.locale).toBe('vi_VN');
    expect(localized(menus, 'en')?.locale).toBe('default');
    expect(localized(undefined, 'en')).toBeUndefined();
  });
});

describe('what was said, in one line', () => {
  it('has a name for everything that a Page can send', () => {
    const media = ['image', 'audio', 'video', 'file', 'sticker'] as const;
    const types = [...Object.keys(templates), 'utility'] as (keyof typeof templates)[];
    const names = [
      ...media.map((kind) => contentName({ kind, summary: '' })),
      ...types.map((templateType) => contentName({ kind: 'template', templateType, summary: '' })),
    ];
    expect(names.filter((name) => !(name in languages.vi))).toEqual([]);
  });

  it('is the text, what a button message asks, or the name of the rest', () => {
    const template = (templateType: 'button' | 'receipt', summary: string): string =>
      previewOf({ ...base, content: { kind: 'template', templateType, summary } }, words);
    expect(previewOf({ ...base, text: 'Chào bạn' }, words)).toBe('Chào bạn');
    const tap = { kind: 'postback', payload: 'START' } as const;
    expect(previewOf({ ...base, text: 'Get Started', tap }, words)).toBe('Bắt đầu');
    expect(previewOf({ ...base, attachment: 'location' }, words)).toBe('Vị trí');
    expect(template('button', 'Bạn cần gì?')).toBe('Bạn cần gì?');
    expect(template('receipt', 'TT-1')).toBe('Hoá đơn');
  });
});
