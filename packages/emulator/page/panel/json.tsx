import type { JSX } from 'preact';

interface Props {
  readonly title: string;
  readonly value: unknown;
}

/** Something of the wire, readable. A body that is no JSON stays as it is. */
export function Json({ title, value }: Props): JSX.Element {
  const shown = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return (
    <>
      <h3>{title}</h3>
      <pre class="json" tabIndex={0} aria-label={title}>
        {shown}
      </pre>
    </>
  );
}
