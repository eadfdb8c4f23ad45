import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { attempt } from '../live/actions.ts';
import { words } from '../live/language.ts';
import { server } from '../live/server.ts';
import {
  emptyDraft,
  type FaultDraft,
  faultFields,
  type FaultKind,
  faultKinds,
  faultOf,
  type FaultTarget,
  knownApis,
  meetsDeliveries,
} from '../model/fault-draft.ts';
import type { KnownPerson } from '../model/world.ts';

interface Props {
  readonly person: KnownPerson | undefined;
}

type TextField = Exclude<keyof FaultDraft, 'kind' | 'target' | 'tookEffect'>;

const targets: readonly FaultTarget[] = ['all', 'page', 'person'];

/** What each number may be; the server checks it again. */
const bounds: Readonly<Record<Exclude<TextField, 'api'>, { min: number; max: number }>> = {
  ms: { min: 0, max: 600_000 },
  status: { min: 500, max: 599 },
  regainMinutes: { min: 0, max: 1440 },
  code: { min: 1, max: 9_999_999 },
  subcode: { min: 1, max: 9_999_999 },
  rate: { min: 1, max: 100 },
  times: { min: 1, max: 1_000_000 },
};

const mayBeEmpty: ReadonlySet<TextField> = new Set<TextField>(['times', 'subcode']);

export function FaultForm({ person }: Props): JSX.Element {
  const draft = useSignal(emptyDraft);
  const { text } = words.value;
  const { kind, target, api, tookEffect } = draft.value;
  const fields = faultFields[kind];
  const set = (change: Partial<FaultDraft>): void => {
    draft.value = { ...draft.value, ...change };
  };
  const number = (name: Exclude<TextField, 'api'>): JSX.Element => (
    <label key={name} class="field">
      <span>{text(`fault-${name}`)}</span>
      <input
        type="number"
        {...bounds[name]}
        required={!mayBeEmpty.has(name)}
        placeholder={name === 'times' ? text('fault-timesOpen') : ''}
        value={draft.value[name]}
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <form
      class="fault-form"
      data-testid="fault-form"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(() => server.inject(faultOf(draft.value, person)));
      }}
    >
      <label class="field whole">
        <span>{text('fault-kind')}</span>
        <select
          value={kind}
          onChange={(event) => set({ kind: event.currentTarget.value as FaultKind })}
        >
          {faultKinds.map((each) => (
            <option key={each} value={each}>
              {text(`fault-${each}`)}
            </option>
          ))}
        </select>
      </label>
      {fields.map((field) => (field === 'tookEffect' ? null : number(field)))}
      {!meetsDeliveries(kind) && (
        <label class="field">
          <span>{text('fault-api')}</span>
          <input
            list="known-apis"
            pattern="[a-z_]*"
            placeholder={text('fault-anyApi')}
            value={api}
            onInput={(event) => set({ api: event.currentTarget.value })}
          />
          <datalist id="known-apis">
            {knownApis.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </label>
      )}
      <label class="field">
        <span>{text('fault-target')}</span>
        <select
          value={target}
          onChange={(event) => set({ target: event.currentTarget.value as FaultTarget })}
        >
          {targets.map((each) => (
            <option key={each} value={each} disabled={each !== 'all' && person === undefined}>
              {text(`target-${each}`)}
            </option>
          ))}
        </select>
      </label>
      {number('rate')}
      {number('times')}
      {fields.includes('tookEffect') && (
        <label class="check whole">
          <input
            type="checkbox"
            checked={tookEffect}
            onChange={(event) => set({ tookEffect: event.currentTarget.checked })}
          />
          {text('fault-tookEffect')}
        </label>
      )}
      <button type="submit" class="plain primary whole">
        {text('inject')}
      </button>
    </form>
  );
}
