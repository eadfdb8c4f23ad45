import type { JSX } from 'preact';
import type { OutgoingMessage } from '../../src/graph/message.ts';
import type { ChatMessage } from '../../src/state/state.ts';
import { words } from '../live/language.ts';
import { Icon } from '../parts/icon.tsx';
import { Cards } from './cards.tsx';
import { Choices } from './choices.tsx';
import { Coupon } from './coupon.tsx';
import { Feedback, Information, Utility } from './forms.tsx';
import { ImageGrid, Media, MediaTemplate } from './media.tsx';
import { Receipt } from './receipt.tsx';
import { RichText } from './rich-text.tsx';
import type { Template } from './template.ts';

interface Props {
  readonly psid: string;
  readonly message: ChatMessage;
}

/** What the Page sent besides text. */
export function Content({ psid, message }: Props): JSX.Element | null {
  const { payload, mid, content } = message;
  if (payload === undefined) return <p class="said">{content?.summary}</p>;
  const { attachment, sticker_id: sticker, template } = payload;
  if (sticker !== undefined) {
    const label = words.value.text('content-sticker');
    return <img class="sticker" src="/like.svg" alt={label} width="108" height="108" />;
  }
  if (template !== undefined) return <Utility template={template} />;
  if (attachment?.type === 'template') {
    return <TemplateContent psid={psid} mid={mid} template={attachment.payload as Template} />;
  }
  return <MediaContent payload={payload} />;
}

function MediaContent({ payload }: { readonly payload: OutgoingMessage }): JSX.Element {
  const media =
    payload.attachment === undefined ? (payload.attachments ?? []) : [payload.attachment];
  const shown = media.map(({ type, payload: source }, index) =>
    type === 'template' ? null : <Media key={index} type={type} source={source} />,
  );
  return shown.length === 1 ? <>{shown}</> : <div class="photos">{shown}</div>;
}

interface TemplateProps {
  readonly psid: string;
  readonly mid: string;
  readonly template: Template;
}

function TemplateContent({ psid, mid, template }: TemplateProps): JSX.Element {
  switch (template.template_type) {
    case 'button':
      return (
        <div class="with-buttons">
          <p class="said">
            <RichText text={template.text} />
          </p>
          <Choices psid={psid} mid={mid} buttons={template.buttons} />
        </div>
      );
    case 'generic':
      return <Cards psid={psid} mid={mid} elements={template.elements} />;
    case 'receipt':
      return <Receipt receipt={template} />;
    case 'coupon':
      return <Coupon coupon={template} />;
    case 'customer_feedback':
      return <Feedback form={template} />;
    case 'customer_information':
      return <Information form={template} />;
    case 'product':
      return <Products ids={template.elements.map(({ id }) => id)} />;
    case 'media':
      return (
        <>
          {template.elements.map((element, index) => (
            <MediaTemplate key={index} psid={psid} mid={mid} element={element} />
          ))}
        </>
      );
    case 'image_grid':
      break;
  }
  return (
    <>
      {template.elements.map((element, index) => (
        <ImageGrid key={index} psid={psid} mid={mid} element={element} />
      ))}
    </>
  );
}

function Products({ ids }: { readonly ids: readonly string[] }): JSX.Element {
  return (
    <ul class="card products">
      {ids.map((id) => (
        <li key={id}>
          <Icon name="image" />
          {words.value.text('product', { id })}
        </li>
      ))}
    </ul>
  );
}
