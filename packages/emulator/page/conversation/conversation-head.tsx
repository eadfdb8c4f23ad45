import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import type { PageState } from '../../src/state/state.ts';
import { attempt } from '../live/actions.ts';
import { words } from '../live/language.ts';
import { closeAll, closeColumn, focusColumn, isWide, panelOpen } from '../live/layout.ts';
import { server } from '../live/server.ts';
import { now } from '../live/session.ts';
import { windowOf } from '../model/messaging-window.ts';
import { ownerOf } from '../model/owner.ts';
import type { KnownPerson } from '../model/world.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Popover } from '../parts/popover.tsx';
import './conversation-head.css';

interface Props {
  readonly person: KnownPerson;
  readonly page: PageState;
  readonly isAlone: boolean;
}

export function ConversationHead({ person, page, isAlone }: Props): JSX.Element {
  const { psid, name } = person;
  const { text } = words.value;
  // On a phone it is the only heading.
  const Title = isWide.value ? 'h2' : 'h1';
  return (
    <header class="head conversation-head">
      {!isWide.value && <IconButton icon="back" label={text('back')} onClick={closeAll} />}
      <Avatar class="middle" id={psid} name={name} />
      <div class="titles">
        <Title id={`head-${psid}`}>{name}</Title>
        <p>{text('writesTo', { page: page.name })}</p>
        <div class="facts">
          <OwnerFact ownerAppId={person.ownerAppId} />
          <WindowFact lastInboundAt={person.lastInboundAt} />
        </div>
      </div>
      <ThreadMenu person={person} />
      <IconButton
        icon="panel"
        label={text(panelOpen.value ? 'panelHide' : 'panelShow')}
        testId="panel-toggle"
        pressed={panelOpen.value}
        onClick={() => {
          focusColumn(psid);
          panelOpen.value = !panelOpen.value;
        }}
      />
      {!isAlone && (
        <IconButton
          icon="close"
          label={text('closeColumn', { name })}
          onClick={() => closeColumn(psid)}
        />
      )}
    </header>
  );
}

const ownerIcons = { human: 'human', bot: 'bot', nobody: 'more' } as const;

function OwnerFact({ ownerAppId }: { readonly ownerAppId: string | undefined }): JSX.Element {
  const owner = ownerOf(ownerAppId);
  return (
    <span class={`fact ${owner}`} data-testid="owner">
      <Icon name={ownerIcons[owner]} />
      {words.value.text(`owner-${owner}`)}
    </span>
  );
}

function WindowFact({ lastInboundAt }: { readonly lastInboundAt: number }): JSX.Element {
  // Drawn again once a minute, though the time goes on each second.
  const minute = useComputed(() => Math.floor(now.value / 60_000) * 60_000);
  const state = windowOf(lastInboundAt, minute.value);
  const time = state.kind === 'open' ? words.value.until(state.until) : '';
  return (
    <span class={`fact ${state.kind}`} title={words.value.text('window24')} data-testid="window">
      <Icon name="sending" />
      {words.value.text(`window-${state.kind}`, { time })}
    </span>
  );
}

function ThreadMenu({ person }: { readonly person: KnownPerson }): JSX.Element {
  const { psid, blocked } = person;
  const { text } = words.value;
  const owner = ownerOf(person.ownerAppId);
  return (
    <Popover icon="more" label={text('more')} class="below to-end" testId="thread-menu">
      {(close) => {
        const item = (
          icon: IconName,
          label: string,
          action: () => Promise<unknown>,
        ): JSX.Element => (
          <button
            type="button"
            class="item"
            onClick={() => {
              close();
              void attempt(action);
            }}
          >
            <Icon name={icon} />
            {label}
          </button>
        );
        return (
          <>
            {owner !== 'human' &&
              item('human', text('takeOver'), () => server.giveThread(psid, 'inbox'))}
            {owner !== 'bot' &&
              item('bot', text('giveToBot'), () => server.giveThread(psid, 'bot'))}
            {owner !== 'nobody' &&
              item('more', text('giveToNobody'), () => server.giveThread(psid, 'nobody'))}
            {item('block', text(blocked ? 'unblock' : 'block'), () => server.block(psid, !blocked))}
          </>
        );
      }}
    </Popover>
  );
}
