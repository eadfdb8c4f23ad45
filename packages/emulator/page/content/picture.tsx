import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../live/language.ts';
import { Icon } from '../parts/icon.tsx';
import './picture.css';

interface Props {
  readonly src: string;
  readonly alt: string;
  readonly class?: string;
}

/** A picture, or a calm place for one that cannot be had. */
export function Picture({ src, alt, class: more = '' }: Props): JSX.Element {
  const broken = useSignal('');
  if (broken.value === src) {
    const label = words.value.text('pictureBroken');
    return (
      <span class={`picture broken ${more}`} role="img" aria-label={label} title={label}>
        <Icon name="image" />
      </span>
    );
  }
  return (
    <img
      class={`picture ${more}`}
      src={src}
      alt={alt}
      referrerpolicy="no-referrer"
      onError={() => {
        broken.value = src;
      }}
    />
  );
}
