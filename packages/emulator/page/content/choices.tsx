import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { tap } from '../live/actions.ts';
import { words } from '../live/language.ts';
import { Icon } from '../parts/icon.tsx';
import type { TextName } from '../words/words.ts';
import type { TemplateButton } from './template.ts';
import './choices.css';

interface TapProps {
  readonly psid: string;
  /** By it the server finds what is tapped; shown unless there is a label. */
  readonly title: string;
  readonly mid?: string | undefined;
  readonly label?: string;
  readonly image?: string | undefined;
  readonly class?: string;
  readonly onDone?: () => void;
}

/** What a person can tap. A double click is one tap. */
export function Tap(props: TapProps): JSX.Element {
  const { psid, title, mid, label = title, image, class: look = 'choice', onDone } = props;
  const tapped = useSignal(false);
  const onClick = async (): Promise<void> => {
    if (tapped.value) return;
    tapped.value = true;
    onDone?.();
    await tap(psid, title, mid);
    tapped.value = false;
  };
  return (
    <button type="button" class={look} aria-disabled={tapped.value} onClick={() => void onClick()}>
      {image !== undefined && <img class="choice-image" src={image} alt="" />}
      {label === '' ? '▢' : label}
    </button>
  );
}

interface ChoicesProps {
  readonly psid: string;
  readonly mid: string;
  readonly buttons: readonly TemplateButton[] | undefined;
}

/** The buttons of a template. */
export function Choices({ psid, mid, buttons = [] }: ChoicesProps): JSX.Element | null {
  if (buttons.length === 0) return null;
  return (
    <ul class="choices">
      {buttons.map((button, index) => (
        <li key={index}>
          <Choice psid={psid} mid={mid} button={button} />
        </li>
      ))}
    </ul>
  );
}

interface ChoiceProps {
  readonly psid: string;
  readonly mid?: string;
  readonly button: TemplateButton;
  readonly class?: string;
  readonly onDone?: () => void;
}

/** A button of a template or an item of the menu: to be tapped, a link, or only shown. */
export function Choice({
  psid,
  mid,
  button,
  onDone,
  class: look = 'choice',
}: ChoiceProps): JSX.Element {
  const { type, title = '', url, payload } = button;
  if (type === 'postback') {
    const more = onDone === undefined ? {} : { onDone };
    return <Tap psid={psid} title={title} mid={mid} class={look} {...more} />;
  }
  const label = title || words.value.text(`choice-${type}` as TextName);
  const href = type === 'phone_number' ? `tel:${payload ?? ''}` : url;
  if (href === undefined || type === 'account_link') {
    return <span class={`${look} only-shown`}>{label}</span>;
  }
  return (
    <a class={look} href={href} target="_blank" rel="noopener noreferrer">
      {label}
      {type === 'web_url' && <Icon name="forward" />}
    </a>
  );
}
