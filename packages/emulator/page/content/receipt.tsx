import type { JSX } from 'preact';
import { words } from '../live/language.ts';
import { Picture } from './picture.tsx';
import { addressLines, itemLines, sumLines } from './receipt-lines.ts';
import type { ReceiptTemplate } from './template.ts';
import './receipt.css';

export function Receipt({ receipt }: { readonly receipt: ReceiptTemplate }): JSX.Element {
  const { text, day, clock } = words.value;
  const { timestamp, address, elements = [] } = receipt;
  const at = Number(timestamp) * 1000;
  return (
    <div class="receipt">
      <div class="receipt-head">
        {receipt.merchant_name !== undefined && <span class="quiet">{receipt.merchant_name}</span>}
        <strong>{text('order', { number: receipt.order_number })}</strong>
      </div>
      <ul class="receipt-items">
        {itemLines(receipt, words.value).map(({ what, howMuch, note }, index) => (
          <li key={index}>
            {elements[index]?.image_url !== undefined && (
              <Picture class="thumb" src={elements[index].image_url} alt="" />
            )}
            <span class="what">
              {what}
              {note !== undefined && <small>{note}</small>}
            </span>
            <span class="sum">{howMuch}</span>
          </li>
        ))}
      </ul>
      <dl class="receipt-sums">
        {sumLines(receipt, words.value).map(({ what, howMuch }, index) => (
          <div key={index}>
            <dt>{what}</dt>
            <dd class="sum">{howMuch}</dd>
          </div>
        ))}
      </dl>
      <dl class="receipt-facts">
        <Fact name={text('orderedBy')} lines={[receipt.recipient_name]} />
        <Fact name={text('paidWith')} lines={[receipt.payment_method]} />
        {address && <Fact name={text('shipTo')} lines={addressLines(address)} />}
        {timestamp !== undefined && (
          <Fact name={text('orderedAt')} lines={[`${clock(at)}, ${day(at)}`]} />
        )}
      </dl>
      {receipt.order_url !== undefined && (
        <a class="receipt-link" href={receipt.order_url} target="_blank" rel="noopener noreferrer">
          {text('seeOrder')}
        </a>
      )}
    </div>
  );
}

interface FactProps {
  readonly name: string;
  readonly lines: readonly string[];
}

function Fact({ name, lines }: FactProps): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </dd>
    </div>
  );
}
