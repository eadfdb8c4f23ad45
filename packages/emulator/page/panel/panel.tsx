import type { JSX } from 'preact';
import { words } from '../live/language.ts';
import { focused, isWide, panelOpen, type PanelTab, panelTab } from '../live/layout.ts';
import { world } from '../live/session.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { moveFocus } from '../parts/popover.tsx';
import { Faults } from './faults.tsx';
import { Timeline } from './timeline.tsx';
import { Webhook } from './webhook.tsx';
import './panel.css';

const tabs: readonly PanelTab[] = ['timeline', 'faults', 'webhook'];

/** What is behind the conversation: its deliveries and calls, faults, and the webhook. */
export function Panel(): JSX.Element {
  const { text } = words.value;
  const tab = panelTab.value;
  const person = world.value.people.get(focused.value ?? '');
  const close = (): void => {
    panelOpen.value = false;
    document.querySelector<HTMLElement>('[data-testid="panel-toggle"]')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
  };
  return (
    <section
      class="panel card-face"
      aria-label={text('panel')}
      data-testid="panel"
      onKeyDown={onKeyDown}
    >
      {!isWide.value && <h1 class="hidden-text">{text('panel')}</h1>}
      <header class="panel-head">
        <div class="tabs" role="tablist" aria-label={text('panel')} onKeyDown={turn}>
          {tabs.map((each) => (
            <button
              key={each}
              type="button"
              role="tab"
              id={`tab-${each}`}
              aria-selected={tab === each}
              aria-controls="tab-panel"
              tabIndex={tab === each ? 0 : -1}
              data-testid={`tab-${each}`}
              onClick={() => {
                panelTab.value = each;
              }}
            >
              {text(`tab-${each}`)}
              {each === 'faults' && world.value.faults.length > 0 && (
                <span class="count">{world.value.faults.length}</span>
              )}
            </button>
          ))}
        </div>
        <IconButton icon="close" label={text('close')} onClick={close} />
      </header>
      <div
        class="panel-body"
        role="tabpanel"
        id="tab-panel"
        aria-labelledby={`tab-${tab}`}
        tabIndex={0}
      >
        {tab === 'timeline' && person && <Timeline person={person} />}
        {tab === 'faults' && <Faults person={person} />}
        {tab === 'webhook' && <Webhook />}
      </div>
    </section>
  );
}

/** Arrows go from tab to tab, and open what they reach. */
function turn(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  moveFocus(event, [...list.querySelectorAll<HTMLElement>('[role="tab"]')]);
  if (event.defaultPrevented) (document.activeElement as HTMLElement | null)?.click();
}
