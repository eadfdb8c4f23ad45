import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { words } from '../live/language.ts';
import { columns, room } from '../live/layout.ts';
import { world } from '../live/session.ts';
import { sortedPeople } from '../model/world.ts';
import { moveFocus } from '../parts/popover.tsx';
import { PersonItem } from './person-item.tsx';
import './people.css';

/** Under load there are thousands of people: a list of all would make the page slow. */
const STEP = 100;

/** Everybody, the last spoken to first. Arrows go up and down. */
export function PeopleList(): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const shown = useSignal(STEP);
  const { pages } = world.value;
  const people = sortedPeople(world.value);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    moveFocus(event, [...(list.current?.querySelectorAll<HTMLElement>('.person') ?? [])]);
  };
  return (
    <nav aria-label={words.value.text('people')}>
      <ul class="people" ref={list} onKeyDown={onKeyDown}>
        {people.slice(0, shown.value).map((person) => (
          <PersonItem
            key={person.psid}
            person={person}
            pageName={pages.size > 1 ? pages.get(person.pageId)?.name : undefined}
            isOpen={columns.value.includes(person.psid)}
            hasRoom={room.value > 1 && columns.value.length > 0}
          />
        ))}
      </ul>
      {people.length > shown.value && (
        <button
          type="button"
          class="item"
          onClick={() => {
            shown.value += STEP;
          }}
        >
          {words.value.text('morePeople', { count: people.length - shown.value })}
        </button>
      )}
    </nav>
  );
}
