import type { DeletionState } from '../records.ts';

/** What the page tells: as it is recorded, or that nobody tries it any more before it was done. */
export type ShownState = DeletionState | { readonly kind: 'stuck'; readonly atMs: number };

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
export function statusPage(state: ShownState): string {
  const at = new Date(state.atMs).toISOString();
  const time = `<time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time>`;
  const [vietnamese, english] = sentences(state, time);
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

function sentences(
  state: ShownState,
  time: string,
): readonly [vietnamese: string, english: string] {
  if (state.kind === 'partly') {
    return [
      `Đến ${time}, dữ liệu của bạn đã được xóa ở những nơi chúng tôi tìm được. Trên ${state.pages} Trang của chúng tôi, chúng tôi không tra cứu được; dữ liệu của bạn có thể vẫn còn ở đó. Nhân viên của chúng tôi phải xử lý tiếp.`,
      `By ${time} your data was deleted where we could find it. On ${state.pages} of our Pages we could not look for it; it may still be there. Our staff must see to it.`,
    ];
  }
  const texts = {
    received: [
      `Chúng tôi đã nhận yêu cầu của bạn lúc ${time}. Dữ liệu của bạn đang được xóa.`,
      `We received your request at ${time}. Your data is being deleted.`,
    ],
    done: [`Dữ liệu của bạn đã được xóa lúc ${time}.`, `Your data was deleted at ${time}.`],
    stuck: [
      `Chúng tôi đã nhận yêu cầu của bạn lúc ${time}, nhưng chưa xóa xong dữ liệu của bạn. Nhân viên của chúng tôi phải xử lý tiếp.`,
      `We received your request at ${time}, but have not been able to finish deleting your data. Our staff must see to it.`,
    ],
  } as const;
  return texts[state.kind];
}
