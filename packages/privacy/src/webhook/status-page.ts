import type { DeletionState } from '../records.ts';

/** Neither scripts nor styles nor anything from elsewhere; in no cache, no search and no frame. */
export const statusHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** What became of a wish to be forgotten, as a page for whoever has its code. */
export function statusPage({ kind, atMs }: DeletionState): string {
  const at = new Date(atMs).toISOString();
  const time = `<time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time>`;
  const [vietnamese, english] = {
    received: [
      `Chúng tôi đã nhận yêu cầu của bạn lúc ${time}. Dữ liệu của bạn đang được xóa.`,
      `We received your request at ${time}. Your data is being deleted.`,
    ],
    done: [`Dữ liệu của bạn đã được xóa lúc ${time}.`, `Your data was deleted at ${time}.`],
  }[kind];
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Xóa dữ liệu / Data deletion</title>
</head>
<body>
<h1>Xóa dữ liệu <span lang="en">/ Data deletion</span></h1>
<p>${vietnamese}</p>
<p lang="en">${english}</p>
</body>
</html>
`;
}
