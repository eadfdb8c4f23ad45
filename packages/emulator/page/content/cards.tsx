import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { words } from '../live/language.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { Choices } from './choices.tsx';
import { Picture } from './picture.tsx';
import type { Card } from './template.ts';
import './cards.css';

interface Props {
  readonly psid: string;
  readonly mid: string;
  readonly elements: readonly Card[];
}

/** Cards to swipe, to scroll with the keyboard, or to go through with two buttons. */
export function Cards({ psid, mid, elements }: Props): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const atStart = useSignal(true);
  const atEnd = useSignal(false);
  const { text } = words.value;
  const count = elements.length;
  const hasPictures = elements.some((element) => element.image_url !== undefined);
  const go = (step: number): void => {
    const width = list.current?.firstElementChild?.clientWidth ?? 0;
    list.current?.scrollBy({ left: step * (width + 8) });
  };
  const onScroll = (): void => {
    const { scrollLeft = 0, scrollWidth = 0, clientWidth = 0 } = list.current ?? {};
    atStart.value = scrollLeft < 8;
    atEnd.value = scrollLeft + clientWidth > scrollWidth - 8;
  };
  return (
    <div class={hasPictures ? 'carousel with-pictures' : 'carousel'}>
      <ul
        class="cards"
        ref={list}
        onScroll={onScroll}
        // To be scrolled with the keyboard, also where nothing in it takes the focus.
        tabIndex={count > 1 ? 0 : undefined}
        aria-label={text('content-generic')}
      >
        {elements.map((element, index) => (
          <li key={index}>
            <OneCard psid={psid} mid={mid} card={element} />
          </li>
        ))}
      </ul>
      {count > 1 && (
        <>
          <IconButton
            icon="back"
            class="turn previous"
            label={text('previousCard')}
            disabled={atStart.value}
            onClick={() => go(-1)}
          />
          <IconButton
            icon="forward"
            class="turn next"
            label={text('nextCard')}
            disabled={atEnd.value}
            onClick={() => go(1)}
          />
        </>
      )}
    </div>
  );
}

interface CardProps {
  readonly psid: string;
  readonly mid: string;
  readonly card: Card;
}

function OneCard({ psid, mid, card }: CardProps): JSX.Element {
  const { title, subtitle, image_url: image, default_action: action, buttons } = card;
  return (
    <div class="card">
      {image !== undefined && <Picture class="card-picture" src={image} alt="" />}
      <div class="card-words">
        <strong class="card-title">
          {action === undefined ? (
            title
          ) : (
            <a href={action.url} target="_blank" rel="noopener noreferrer">
              {title}
            </a>
          )}
        </strong>
        {subtitle !== undefined && <span class="quiet">{subtitle}</span>}
      </div>
      <Choices psid={psid} mid={mid} buttons={buttons} />
    </div>
  );
}
