import type { JSX } from 'preact';
import type { PageState } from '../../src/state/state.ts';
import { type Draft, endReplyOrEdit, toggleHuman } from '../live/drafts.ts';
import { words } from '../live/language.ts';
import { previewOf } from '../model/preview.ts';
import type { Thread } from '../model/thread.ts';
import type { KnownPerson } from '../model/world.ts';
import { Icon } from '../parts/icon.tsx';
import { IconButton } from '../parts/icon-button.tsx';

interface Props {
  readonly person: KnownPerson;
  readonly page: PageState;
  readonly thread: Thread;
  readonly draft: Draft;
}

/** Says what the text will become, when it is more than a message of the person. */
export function ContextBar({ person, page, thread, draft }: Props): JSX.Element | null {
  const { psid, name } = person;
  const { text } = words.value;
  const target = thread.messages.get(draft.edits ?? draft.replyTo ?? '');
  const quoted = target === undefined ? '' : previewOf(target, words.value);
  if (draft.asHuman) {
    return (
      <div class="context human">
        <Icon name="human" />
        <span class="context-text">{text('composerHuman', { page: page.name })}</span>
        <IconButton icon="close" label={text('cancel')} onClick={() => toggleHuman(psid)} />
      </div>
    );
  }
  if (draft.edits === undefined && draft.replyTo === undefined) return null;
  const isEdit = draft.edits !== undefined;
  const to = target?.direction === 'in' ? page.name : name;
  return (
    <div class="context">
      <Icon name={isEdit ? 'edit' : 'reply'} />
      <span class="context-text">
        <strong>{isEdit ? text('editing') : text('replyingTo', { name: to })}</strong>
        <span>{quoted}</span>
      </span>
      <IconButton
        icon="close"
        label={text(isEdit ? 'stopEditing' : 'stopReplying')}
        onClick={() => endReplyOrEdit(psid)}
      />
    </div>
  );
}
