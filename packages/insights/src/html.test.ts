import { expect, it } from 'vitest';
import { html } from './html.ts';

it('markup escapes what is put into it, and not what is markup', () => {
  const text = `<img src=x onerror="alert('1')"> & more`;
  const line = html`<li title="${text}">${text}</li>`;
  const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more';
  expect(String(line)).toBe(`<li title="${escaped}">${escaped}</li>`);
  expect(String(html`<b>${[line, undefined, 1]}</b>`)).toBe(`<b>${String(line)}1</b>`);
});
