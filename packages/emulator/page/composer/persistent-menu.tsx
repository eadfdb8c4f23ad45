import type { JSX } from 'preact';
import type { MenuItem } from '../../src/graph/buttons.ts';
import { Choice } from '../content/choices.tsx';
import { words } from '../live/language.ts';
import { Popover } from '../parts/popover.tsx';

interface Props {
  readonly psid: string;
  readonly items: readonly MenuItem[];
}

export function PersistentMenu({ psid, items }: Props): JSX.Element | null {
  if (items.length === 0) return null;
  return (
    <Popover icon="menu" label={words.value.text('menu')} testId="menu-button">
      {(close) => (
        <div data-testid="menu">
          {items.map((item, index) => (
            <Choice key={index} psid={psid} button={item} class="item" onDone={close} />
          ))}
        </div>
      )}
    </Popover>
  );
}
