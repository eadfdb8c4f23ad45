import type { JSX } from 'preact';
import type { GraphCall } from '../../src/state/state.ts';
import { words } from '../live/language.ts';
import { Json } from './json.tsx';

interface Props {
  readonly call: GraphCall;
}

export function CallDetails({ call }: Props): JSX.Element {
  const { method, path, parameters, response, errorCode, errorSubcode } = call;
  const { text } = words.value;
  return (
    <div class="details">
      <code class="signature">
        {method} {path}
      </code>
      {errorCode !== undefined && (
        <p class="failed">
          {text('graphError', {
            code: errorSubcode === undefined ? errorCode : `${errorCode}/${errorSubcode}`,
          })}
        </p>
      )}
      <Json title={text('parameters')} value={parameters} />
      {response !== undefined && <Json title={text('response')} value={response} />}
    </div>
  );
}
