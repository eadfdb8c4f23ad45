import type { JSX } from 'preact';
import type { Delivery, DeliveryAttempt } from '../../src/state/state.ts';
import { attempt } from '../live/actions.ts';
import { words } from '../live/language.ts';
import { server } from '../live/server.ts';
import { Json } from './json.tsx';

interface Props {
  readonly delivery: Delivery;
}

export function DeliveryDetails({ delivery }: Props): JSX.Element {
  const { id, attempts, body, signature } = delivery;
  const { text } = words.value;
  return (
    <div class="details">
      <div class="details-line">
        <span class="quiet">{id}</span>
        <button
          type="button"
          class="plain small"
          data-testid="replay"
          onClick={() => void attempt(() => server.replay(id))}
        >
          {text('replay')}
        </button>
      </div>
      {attempts.length > 0 && (
        <>
          <h3>{text('attempts')}</h3>
          <ol class="attempts">
            {attempts.map((each, index) => (
              <li key={index} class={each.status === 200 ? '' : 'failed'}>
                {attemptText(each, index)}
              </li>
            ))}
          </ol>
        </>
      )}
      <h3>{text('signature')}</h3>
      <code class="signature">{signature}</code>
      <Json title={text('rawDelivery')} value={parsed(body)} />
    </div>
  );
}

function attemptText({ at, status, ms, error }: DeliveryAttempt, index: number): string {
  const { text, exactClock, ms: length } = words.value;
  const answer = status === 0 ? (error ?? text('noAnswer')) : String(status);
  return text('attempt', {
    number: index + 1,
    time: exactClock(at),
    status: answer,
    ms: length(ms),
  });
}

/** A body of a fault need not be JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
