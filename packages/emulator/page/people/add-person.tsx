import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { addPerson } from '../live/actions.ts';
import { words } from '../live/language.ts';
import { world } from '../live/session.ts';
import { Icon } from '../parts/icon.tsx';
import './add-person.css';

/** A button, and the dialog in which a new person gets a name. */
export function AddPerson(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const { text } = words.value;
  const pages = [...world.value.pages.values()];
  const onSubmit = (event: SubmitEvent): void => {
    const form = event.currentTarget as HTMLFormElement;
    const values = new FormData(form);
    const name = valueOf(values, 'name');
    const pageId = valueOf(values, 'page');
    form.reset();
    if (name !== '') void addPerson(name, pageId === '' ? undefined : pageId);
  };
  return (
    <>
      <button
        type="button"
        class="add-person"
        data-testid="add-person"
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="add" />
        {text('addPerson')}
      </button>
      <dialog ref={dialog} aria-labelledby="add-title">
        <form method="dialog" onSubmit={onSubmit}>
          <h2 id="add-title">{text('addPerson')}</h2>
          <label class="field">
            <span>{text('name')}</span>
            <input name="name" required maxLength={60} autocomplete="off" data-testid="new-name" />
          </label>
          {pages.length > 1 && (
            <label class="field">
              <span>{text('page')}</span>
              <select name="page" data-testid="new-page">
                {pages.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <div class="actions">
            <button type="button" class="plain" onClick={() => dialog.current?.close()}>
              {text('cancel')}
            </button>
            <button type="submit" class="plain primary" data-testid="add">
              {text('add')}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}

function valueOf(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
