import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './icon-button.tsx';
import type { IconName } from './icon.tsx';
import './popover.css';

interface Props {
  readonly icon: IconName;
  readonly label: string;
  readonly class?: string;
  readonly testId?: string;
  readonly tabIndex?: number;
  /** What opens; `close` gives the focus back to the button. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens something over the page. Escape and a click elsewhere close it. */
export function Popover(props: Props): JSX.Element {
  const { icon, label, class: more = '', testId, tabIndex, children } = props;
  const isOpen = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    isOpen.value = false;
    button.current?.focus();
  };

  useLayoutEffect(() => {
    if (!isOpen.value) return undefined;
    const onPointer = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) isOpen.value = false;
    };
    document.addEventListener('pointerdown', onPointer);
    keepInSight(box.current?.querySelector<HTMLElement>('.popover-body'));
    buttonsIn(box.current)[0]?.focus();
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [isOpen.value]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen.value) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else {
      moveFocus(event, buttonsIn(box.current));
    }
  };

  return (
    <div class={`popover ${more}`} ref={box} onKeyDown={onKeyDown}>
      <IconButton
        icon={icon}
        label={label}
        expanded={isOpen.value}
        buttonRef={button}
        tabIndex={tabIndex}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
        {...(testId === undefined ? {} : { testId })}
      />
      {isOpen.value && (
        <div class="popover-body" role="group" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

const EDGE_PX = 8;

/** What opens at the edge of a column would be cut off there. */
function keepInSight(body: HTMLElement | null | undefined): void {
  if (!body) return;
  const room = (body.closest('.scroller') ?? document.documentElement).getBoundingClientRect();
  const { left, right, top } = body.getBoundingClientRect();
  const over = Math.max(0, right + EDGE_PX - room.right) || Math.min(0, left - EDGE_PX - room.left);
  const above = Math.max(0, room.top + EDGE_PX - top);
  body.style.translate = `${-over}px ${above}px`;
}

function buttonsIn(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>('.popover-body :is(button, a[href])') ?? [])];
}

/** Arrows go from one to the next, around the end. */
export function moveFocus(event: KeyboardEvent, among: readonly HTMLElement[]): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step === undefined || among.length === 0) return;
  event.preventDefault();
  const at = among.indexOf(document.activeElement as HTMLElement);
  among.at((at + step) % among.length)?.focus();
}
