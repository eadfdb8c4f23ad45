import { LinkifyIt } from 'linkify-it';

/** Beside those of countries and the oldest ones, which the library knows. */
const MORE_ENDINGS =
  'app art bar bet blog cafe cash chat click cloud club dev fun game games group help icu ink ' +
  'life link live lol love market mobi money news onion online page pay plus promo sale shop site ' +
  'social space store support team tech tel today top travel vip website wiki win work world xin xyz';

/** What Messenger makes tappable: links with and without a scheme, and addresses. */
const linkify = new LinkifyIt({
  fuzzyEmail: true,
  fuzzyLink: true,
  fuzzyIP: true,
  urlAuth: true,
}).tlds(MORE_ENDINGS.split(' '), true);

/** A phone number begins with 0, + or 1900 and the like, as no price does; a date may. */
const PHONE =
  /(?<![\p{L}\p{N}.,+])(?!\d\d?[.-]\d\d?[.-]\d{4}(?!\d))(?:\+\d|0\d|1[89]00)(?:[ .-]?\d){4,12}(?!\p{N})/gu;

const MARKDOWN_LINK = /!?\[([^\]\n]*)\]\(\s*([^)\s]*)[^)\n]*\)/g;

/** A text without what it must not have. */
export interface CheckedText {
  readonly text: string;
  /** Links, e-mail addresses and phone numbers that were taken out. */
  readonly removed: number;
}

/**
 * Takes out of an answer each link, e-mail address and phone number that does not stand as such in a
 * source: made up, or put there by somebody who talked the model into it.
 */
export function keepContactsOf(sources: readonly string[], answer: string): CheckedText {
  const all = sources.join('\n');
  const links = new Set((linkify.match(all) ?? []).map(({ url }) => sameLink(url)));
  const phones = new Set(Array.from(all.matchAll(PHONE), ([phone]) => digits(phone)));

  function withoutStrangers(text: string): CheckedText {
    let removed = 0;
    let kept = '';
    let end = 0;
    for (const { index, lastIndex, url } of linkify.match(text) ?? []) {
      const isKnown = links.has(sameLink(url));
      kept += text.slice(end, isKnown ? lastIndex : index);
      end = lastIndex;
      if (!isKnown) removed += 1;
    }
    kept = (kept + text.slice(end)).replaceAll(PHONE, (phone) => {
      if (phones.has(digits(phone))) return phone;
      removed += 1;
      return '';
    });
    return { text: kept, removed };
  }

  // Messenger shows plain text: of a link in Markdown its address, in brackets.
  let text = answer.replaceAll(MARKDOWN_LINK, (_link, label: string, target: string) =>
    linkify.test(target) ? `${label} ${target}` : label,
  );
  let removed = 0;
  // What stood on both sides of a stranger may be one together.
  for (let last = withoutStrangers(text); last.removed > 0; last = withoutStrangers(text)) {
    text = last.text;
    removed += last.removed;
  }
  return { text: text.replaceAll(/[ \t]{2,}/g, ' ').trim(), removed };
}

/** Schemes and hosts have no case; a slash at the end says nothing. */
function sameLink(link: string): string {
  const url = URL.parse(link);
  return url === null ? link : url.href.replace(/^http:/, 'https:').replace(/\/$/, '');
}

/** `+84 905…` is `0905…` from abroad. */
function digits(phone: string): string {
  return phone.replaceAll(/\D/g, '').replace(/^84(?=\d{9}$)/, '0');
}
