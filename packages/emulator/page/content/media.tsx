import type { JSX } from 'preact';
import { words } from '../live/language.ts';
import { Icon } from '../parts/icon.tsx';
import { Choices } from './choices.tsx';
import { Picture } from './picture.tsx';
import type { GridElement, MediaElement } from './template.ts';
import './media.css';

interface Source {
  readonly url?: string | undefined;
  readonly attachment_id?: string | undefined;
}

interface MediaProps {
  readonly type: 'image' | 'audio' | 'video' | 'file';
  readonly source: Source;
}

/** A picture, a video, a sound or a file, by its address or from what was uploaded. */
export function Media({ type, source }: MediaProps): JSX.Element {
  const { text } = words.value;
  const src = addressOf(source);
  switch (type) {
    case 'image':
      return <Picture class="photo" src={src} alt={text('content-image')} />;
    case 'video':
      return (
        <video
          class="video"
          src={src}
          controls
          preload="metadata"
          aria-label={text('content-video')}
        />
      );
    case 'audio':
      return (
        <audio
          class="audio"
          src={src}
          controls
          preload="metadata"
          aria-label={text('content-audio')}
        />
      );
    case 'file':
      break;
  }
  const name = nameOf(source);
  return (
    <a class="file" href={src} target="_blank" rel="noopener noreferrer">
      <Icon name="file" />
      <span class="file-name">{name}</span>
      <span class="hidden-text">{text('openFile', { name })}</span>
    </a>
  );
}

interface TemplateProps<T> {
  readonly psid: string;
  readonly mid: string;
  readonly element: T;
}

export function MediaTemplate({ psid, mid, element }: TemplateProps<MediaElement>): JSX.Element {
  const { media_type: type, attachment_id: id, url, buttons } = element;
  return (
    <div class="card media-card">
      {id === undefined ? (
        // A page of Facebook, not a picture: only Messenger itself can show what is on it.
        <a class="file" href={url ?? ''} target="_blank" rel="noopener noreferrer">
          <Icon name="image" />
          {words.value.text('onFacebook')}
        </a>
      ) : (
        <Media type={type} source={{ attachment_id: id }} />
      )}
      <Choices psid={psid} mid={mid} buttons={buttons} />
    </div>
  );
}

export function ImageGrid({ psid, mid, element }: TemplateProps<GridElement>): JSX.Element {
  const { images, title, subtitle, buttons } = element;
  return (
    <div class="card media-card">
      <div class="grid">
        {images.map((image, index) => (
          <span key={index} class={image.is_hero_image === true ? 'hero' : ''}>
            <GridImage image={image} />
          </span>
        ))}
      </div>
      {(title ?? subtitle) !== undefined && (
        <div class="card-words">
          <strong class="card-title">{title}</strong>
          <span class="quiet">{subtitle}</span>
        </div>
      )}
      <Choices psid={psid} mid={mid} buttons={buttons} />
    </div>
  );
}

function GridImage({ image }: { readonly image: GridElement['images'][number] }): JSX.Element {
  const { url, action } = image;
  const alt = words.value.text('content-image');
  if (action?.url === undefined) return <Picture src={url} alt={alt} />;
  return (
    <a href={action.url} target="_blank" rel="noopener noreferrer">
      <Picture src={url} alt={alt} />
    </a>
  );
}

function addressOf({ url, attachment_id: id }: Source): string {
  return url ?? `/files/${encodeURIComponent(id ?? '')}`;
}

function nameOf({ url, attachment_id: id }: Source): string {
  const last = url === undefined ? id : new URL(url, location.href).pathname.split('/').at(-1);
  return decodeURIComponent(last || url || '');
}
