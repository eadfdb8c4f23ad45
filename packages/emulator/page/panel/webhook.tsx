import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { PageState } from '../../src/state/state.ts';
import { attempt } from '../live/actions.ts';
import { words } from '../live/language.ts';
import { type HandshakeResult, server } from '../live/server.ts';
import { world } from '../live/session.ts';
import './webhook.css';

/** Where deliveries go, how that goes, and what each Page is subscribed to. */
export function Webhook(): JSX.Element {
  const { text, day, clock } = words.value;
  const { webhook, alerts, pages, seed } = world.value;
  const { url, status } = webhook;
  return (
    <div class="webhook" data-testid="webhook">
      <dl class="facts-list">
        <dt>{text('address')}</dt>
        <dd>
          <code>{url}</code>
        </dd>
        <dt>{text('lastStatus')}</dt>
        <dd class={status === undefined || status === 200 ? '' : 'failed'}>{statusText(status)}</dd>
        <dt>{text('seed')}</dt>
        <dd>
          <code>{seed}</code>
        </dd>
      </dl>
      <Handshake />
      <h2 class="panel-title">{text('alerts')}</h2>
      {alerts.length === 0 && <p class="quiet">{text('alertsNone')}</p>}
      <ul class="alerts">
        {alerts.map(({ kind, pageId, at }) => (
          <li key={`${kind}-${pageId}-${at}`}>
            {text(`alert-${kind}`, { page: pages.get(pageId)?.name ?? pageId })}
            <span class="quiet">
              {clock(at)}, {day(at)}
            </span>
          </li>
        ))}
      </ul>
      <h2 class="panel-title">{text('subscriptions')}</h2>
      <ul class="subscriptions">
        {[...pages.values()].map((page) => (
          <Subscription key={page.id} page={page} />
        ))}
      </ul>
    </div>
  );
}

function statusText(status: number | undefined): string {
  const { text } = words.value;
  if (status === undefined) return text('lastStatusNone');
  return status === 0 ? text('noAnswer') : String(status);
}

function Handshake(): JSX.Element {
  const { text } = words.value;
  const result = useSignal<HandshakeResult | undefined>(undefined);
  const runs = useSignal(false);
  const shake = async (): Promise<void> => {
    runs.value = true;
    result.value = undefined;
    await attempt(async () => {
      result.value = await server.handshake();
    });
    runs.value = false;
  };
  return (
    <div class="handshake">
      <button
        type="button"
        class="plain primary"
        disabled={runs.value}
        data-testid="handshake"
        onClick={() => void shake()}
      >
        {text('handshake')}
      </button>
      <p role="status" class={result.value?.ok === false ? 'failed' : 'quiet'}>
        {result.value === undefined
          ? text('handshakeHint')
          : result.value.ok
            ? text('handshakeOk')
            : result.value.problem}
      </p>
    </div>
  );
}

function Subscription({ page }: { readonly page: PageState }): JSX.Element {
  const { id, name, subscribedFields: fields } = page;
  const { text } = words.value;
  return (
    <li>
      <div class="details-line">
        <span>
          <strong>{name}</strong> <span class="quiet">{id}</span>
        </span>
        <button
          type="button"
          class="plain small"
          aria-label={`${text('subscribe')}: ${name}`}
          onClick={() => void attempt(() => server.subscribe(id))}
        >
          {text('subscribe')}
        </button>
      </div>
      {fields === undefined ? (
        <p class="failed">{text('notSubscribed')}</p>
      ) : (
        <details>
          <summary>{text('subscribedTo', { count: fields.length })}</summary>
          <p class="field-names">{fields.join(', ')}</p>
        </details>
      )}
    </li>
  );
}
