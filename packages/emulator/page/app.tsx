import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { Conversation } from './conversation/conversation.tsx';
import { words } from './live/language.ts';
import { columns, focused, isWide, panelOpen } from './live/layout.ts';
import { world } from './live/session.ts';
import { unreadTotal } from './model/world.ts';
import { NoticeLine } from './notice-line.tsx';
import { Panel } from './panel/panel.tsx';
import { Sidebar } from './people/sidebar.tsx';
import './app.css';

/** List, conversations and panel beside each other; on a phone one of them at a time. */
export function App(): JSX.Element {
  const { text } = words.value;
  const open = columns.value.filter((psid) => world.value.people.has(psid));
  const showsPanel = panelOpen.value && (isWide.value || open.length > 0);
  const showsChat = isWide.value || (open.length > 0 && !showsPanel);
  return (
    <div class="app">
      <button type="button" class="skip plain" onClick={skip}>
        {text('skip')}
      </button>
      <NoticeLine />
      <main class="views">
        {(isWide.value || open.length === 0) && <Sidebar />}
        {showsChat && (
          <div class="columns">
            {open.map((psid) => (
              <Conversation
                key={psid}
                psid={psid}
                isAlone={open.length === 1}
                isFocused={open.length > 1 && focused.value === psid}
              />
            ))}
            {open.length === 0 && <p class="no-column card-face">{text('nobodyOpen')}</p>}
          </div>
        )}
        {showsPanel && <Panel />}
      </main>
    </div>
  );
}

function skip(): void {
  document.querySelector<HTMLElement>('textarea')?.focus();
}

effect(() => {
  const unread = unreadTotal(world.value);
  const name = [...world.value.pages.values()].map((page) => page.name).join(', ');
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${name ? `${name} · ` : ''}Messenger`;
});
