import type { JSX } from 'preact';
import type { Fault, InjectedFault } from '../../src/faults/faults.ts';
import { attempt } from '../live/actions.ts';
import { words } from '../live/language.ts';
import { server } from '../live/server.ts';
import { world } from '../live/session.ts';
import { type FaultPreset, faultPresets } from '../model/fault-draft.ts';
import type { KnownPerson } from '../model/world.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { FaultForm } from './fault-form.tsx';
import './faults.css';

interface Props {
  /** Whose conversation is open. */
  readonly person: KnownPerson | undefined;
}

/** What goes wrong on purpose: what is active, and what to begin. */
export function Faults({ person }: Props): JSX.Element {
  const { text } = words.value;
  const { faults } = world.value;
  return (
    <div class="faults" data-testid="faults">
      <h2 class="panel-title">{text('faultsActive')}</h2>
      {faults.length === 0 && <p class="quiet">{text('faultsNone')}</p>}
      <ul class="fault-list" aria-live="polite">
        {faults.map((injected) => (
          <ActiveFault key={injected.id} injected={injected} />
        ))}
      </ul>
      <h2 class="panel-title">{text('faultPresets')}</h2>
      <div class="presets">
        {(Object.keys(faultPresets) as FaultPreset[]).map((name) => (
          <button
            key={name}
            type="button"
            class="plain small"
            onClick={() => void attempt(() => server.inject(faultPresets[name](person)))}
          >
            {text(`preset-${name}`)}
          </button>
        ))}
      </div>
      <h2 class="panel-title">{text('faultInject')}</h2>
      <FaultForm person={person} />
    </div>
  );
}

function ActiveFault({ injected }: { readonly injected: InjectedFault }): JSX.Element {
  const { id, fault, hits, left } = injected;
  const { text } = words.value;
  const ends = left === undefined ? text('faultEndless') : text('faultLeft', { left });
  return (
    <li class="active-fault">
      <span class="fault-words">
        <strong>{text(`fault-${fault.kind}`)}</strong>
        <span class="quiet">{tellingsOf(fault)}</span>
        <span class="quiet">
          {text('faultHits', { hits })} · {ends}
        </span>
      </span>
      <IconButton
        icon="close"
        label={`${text('faultRemove')}: ${text(`fault-${fault.kind}`)}`}
        onClick={() => void attempt(() => server.removeFault(id))}
      />
    </li>
  );
}

const toldElsewhere: ReadonlySet<string> = new Set(['kind', 'psid', 'pageId', 'rate', 'times']);

/** What it was told besides its kind, in one line. */
function tellingsOf(fault: Fault): string {
  const { people, pages } = world.value;
  const { psid, pageId, rate } = fault;
  const more = Object.entries(fault)
    .filter(([name]) => !toldElsewhere.has(name))
    .map(([name, value]) => `${name}: ${String(value)}`);
  const whom = people.get(psid ?? '')?.name ?? pages.get(pageId ?? '')?.name;
  const share = rate === undefined ? undefined : `${Math.round(rate * 100)} %`;
  return [...more, whom ?? words.value.text('target-all'), share]
    .filter((each) => each !== undefined)
    .join(' · ');
}
