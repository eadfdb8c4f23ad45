import type { JSX } from 'preact';
import { words } from '../live/language.ts';
import { open, openAlso } from '../live/layout.ts';
import { previewOf } from '../model/preview.ts';
import { routeOf } from '../model/route.ts';
import type { KnownPerson } from '../model/world.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { IconButton } from '../parts/icon-button.tsx';

interface Props {
  readonly person: KnownPerson;
  /** Only where there are several Pages. */
  readonly pageName: string | undefined;
  readonly isOpen: boolean;
  /** There is room for one more conversation beside the open one. */
  readonly hasRoom: boolean;
}

export function PersonItem({ person, pageName, isOpen, hasRoom }: Props): JSX.Element {
  const { psid, name, last, unread } = person;
  const { text, time } = words.value;
  const classes = [
    'person',
    unread > 0 && 'unread',
    last?.problem !== undefined && 'troubled',
    person.typing && 'is-typing',
  ];
  return (
    <li>
      <a
        class={classes.filter(Boolean).join(' ')}
        href={routeOf([psid])}
        aria-current={isOpen ? 'page' : undefined}
        data-testid={`person-${psid}`}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          open(psid);
        }}
      >
        <Avatar id={psid} name={name} />
        <span class="lines">
          <span class="name">{name}</span>
          {pageName !== undefined && <span class="page-name">{pageName}</span>}
          <span class="preview">{saying(person)}</span>
        </span>
        <span class="aside">
          {last && <time class="when">{time(last.timestamp)}</time>}
          {person.blocked && (
            <span class="blocked-mark" role="img" aria-label={text('blockedMark')}>
              <Icon name="block" />
            </span>
          )}
          {unread > 0 && (
            <span class="badge" role="img" aria-label={text('unread', { count: unread })}>
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </span>
      </a>
      {hasRoom && !isOpen && (
        <IconButton
          icon="beside"
          class="beside"
          label={text('openBeside', { name })}
          testId={`beside-${psid}`}
          onClick={() => openAlso(psid)}
        />
      )}
    </li>
  );
}

function saying({ typing, last }: KnownPerson): string {
  const { text } = words.value;
  if (typing) return `${text('typing')}…`;
  if (last === undefined) return text('noMessage');
  const said = previewOf(last, words.value);
  return last.direction === 'out' ? `${text('you')}: ${said}` : said;
}
