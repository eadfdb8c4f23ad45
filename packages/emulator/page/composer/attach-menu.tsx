import type { JSX } from 'preact';
import type { AttachmentKind } from '../../src/state/state.ts';
import { say } from '../live/actions.ts';
import { words } from '../live/language.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';

const kinds: readonly (readonly [AttachmentKind, IconName])[] = [
  ['image', 'image'],
  ['location', 'place'],
  ['sticker', 'smile'],
];

export function AttachMenu({ psid }: { readonly psid: string }): JSX.Element {
  const { text } = words.value;
  return (
    <Popover icon="add" label={text('attach')} testId="attach" class="gives-way">
      {(close) =>
        kinds.map(([kind, icon]) => (
          <button
            key={kind}
            type="button"
            class="item"
            data-testid={`attach-${kind === 'sticker' ? 'thumb' : kind}`}
            onClick={() => {
              close();
              void say(psid, { attachment: kind });
            }}
          >
            <Icon name={icon} />
            {text(kind)}
          </button>
        ))
      }
    </Popover>
  );
}
