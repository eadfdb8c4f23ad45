import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PageState } from '../../src/state/state.ts';
import { edit, say, sayAsHuman } from '../live/actions.ts';
import { type Draft, draftOf, endReplyOrEdit, toggleHuman } from '../live/drafts.ts';
import { words } from '../live/language.ts';
import { localized } from '../model/localized.ts';
import type { Thread } from '../model/thread.ts';
import type { KnownPerson } from '../model/world.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { AttachMenu } from './attach-menu.tsx';
import { Commands, commandsFor } from './commands.tsx';
import { ContextBar } from './context-bar.tsx';
import { EmojiMenu } from './emoji-menu.tsx';
import { PersistentMenu } from './persistent-menu.tsx';
import './composer.css';

interface Props {
  readonly person: KnownPerson;
  readonly page: PageState;
  readonly thread: Thread;
}

/** The message box: Enter sends, Shift+Enter breaks the line. */
export function Composer({ person, page, thread }: Props): JSX.Element {
  const { psid, name } = person;
  const { text, language } = words.value;
  const draft = draftOf(psid);
  const box = useRef<HTMLTextAreaElement>(null);
  const { text: written, asHuman, replyTo, edits } = draft.value;
  const menu = localized(page.profile.persistent_menu, language);
  const isOff = menu?.composer_input_disabled === true && !asHuman;
  const commands = asHuman ? [] : commandsFor(page.profile, language, written);

  const write = (value: string): void => {
    draft.value = { ...draft.value, text: value };
  };
  const submit = async (): Promise<void> => {
    const said = draft.value;
    if (said.text.trim() === '' || isOff) return;
    draft.value = { text: '', asHuman };
    // Given back when it could not be sent, unless something new was begun.
    if (!(await deliver(psid, said)) && draft.value.text === '') draft.value = said;
  };
  const insert = (emoji: string): void => {
    const { selectionStart = written.length, selectionEnd = written.length } = box.current ?? {};
    write(written.slice(0, selectionStart) + emoji + written.slice(selectionEnd));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && (replyTo ?? edits) !== undefined) endReplyOrEdit(psid);
    // An Enter that ends a composed syllable (Telex, VNI) belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void submit();
  };

  useLayoutEffect(() => fit(box.current), [written]);
  // Before it is seen: who types as soon as it is would lose the first letters.
  useLayoutEffect(() => {
    if ((replyTo ?? edits) !== undefined) box.current?.focus();
  }, [replyTo, edits]);

  return (
    <form
      class={['compose', asHuman && 'as-human', written.trim() !== '' && 'has-text']
        .filter(Boolean)
        .join(' ')}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
        box.current?.focus();
      }}
    >
      <ContextBar person={person} page={page} thread={thread} draft={draft.value} />
      <Commands
        commands={commands}
        onChoose={(command) => {
          write(`/${command}`);
          box.current?.focus();
        }}
      />
      <div class="compose-line">
        <PersistentMenu psid={psid} items={menu?.call_to_actions ?? []} />
        <AttachMenu psid={psid} />
        <EmojiMenu onChoose={insert} />
        <IconButton
          icon="human"
          class="human-switch"
          label={text('asHuman')}
          testId="as-human"
          pressed={asHuman}
          onClick={() => {
            toggleHuman(psid);
            box.current?.focus();
          }}
        />
        <textarea
          ref={box}
          rows={1}
          maxLength={20_000}
          enterkeyhint="send"
          data-testid="composer"
          aria-label={text(asHuman ? 'composerHuman' : 'composer', { name, page: page.name })}
          placeholder={
            isOff
              ? text('composerOff', { page: page.name })
              : text(asHuman ? 'placeholderHuman' : 'placeholder')
          }
          disabled={isOff}
          value={written}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="round like"
          aria-label={text('sticker')}
          title={text('sticker')}
          data-testid="attach-sticker"
          onClick={() => void say(psid, { attachment: 'sticker' })}
        >
          <img src="/like.svg" alt="" width="26" height="26" />
        </button>
        <IconButton icon="send" class="send" type="submit" label={text('send')} testId="send" />
      </div>
    </form>
  );
}

function deliver(
  psid: string,
  { text: written, asHuman, edits, replyTo }: Draft,
): Promise<boolean> {
  const text = written.trim();
  if (asHuman) return sayAsHuman(psid, text);
  if (edits !== undefined) return edit(psid, edits, text);
  return say(psid, replyTo === undefined ? { text } : { text, replyTo });
}

function fit(box: HTMLTextAreaElement | null): void {
  if (box === null) return;
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}
