import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../live/language.ts';
import { Picture } from './picture.tsx';
import type { CouponTemplate } from './template.ts';

export function Coupon({ coupon }: { readonly coupon: CouponTemplate }): JSX.Element {
  const { text } = words.value;
  const copied = useSignal(false);
  const { coupon_code: code, coupon_url: url, image_url: image, subtitle } = coupon;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code ?? '').catch(() => undefined);
    copied.value = true;
  };
  return (
    <div class="card coupon">
      {image !== undefined && <Picture class="card-picture" src={image} alt="" />}
      <div class="card-words">
        {coupon.coupon_pre_message !== undefined && (
          <span class="quiet">{coupon.coupon_pre_message}</span>
        )}
        <strong class="card-title">{coupon.title}</strong>
        {subtitle !== undefined && <span class="quiet">{subtitle}</span>}
        {code !== undefined && (
          <span class="coupon-code">
            <span class="hidden-text">{text('code')}: </span>
            <code>{code}</code>
            <button type="button" class="plain small" onClick={() => void copy()}>
              {text(copied.value ? 'copied' : 'copy')}
            </button>
          </span>
        )}
      </div>
      {url !== undefined && (
        <ul class="choices">
          <li>
            <a class="choice" href={url} target="_blank" rel="noopener noreferrer">
              {coupon.coupon_url_button_title ?? text('useCoupon')}
            </a>
          </li>
        </ul>
      )}
    </div>
  );
}
