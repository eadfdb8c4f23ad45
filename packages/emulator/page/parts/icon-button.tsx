import type { JSX, Ref } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  readonly icon: IconName;
  /** What it does, for the tooltip and for screen readers. */
  readonly label: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly class?: string;
  readonly type?: 'button' | 'submit';
  readonly testId?: string;
  readonly expanded?: boolean | undefined;
  readonly pressed?: boolean | undefined;
  readonly disabled?: boolean;
  /** -1 for what is not reached with Tab. */
  readonly tabIndex?: number | undefined;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

/** A round button that shows a picture only. */
export function IconButton(props: Props): JSX.Element {
  const { icon, label, type = 'button', testId, expanded, pressed, disabled = false } = props;
  return (
    <button
      type={type}
      class={`round ${props.class ?? ''}`}
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      aria-pressed={pressed}
      data-testid={testId}
      disabled={disabled}
      tabIndex={props.tabIndex}
      onClick={props.onClick}
      ref={props.buttonRef ?? null}
    >
      <Icon name={icon} />
    </button>
  );
}
