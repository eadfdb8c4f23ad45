import type { JSX } from 'preact';
import type { ChatMessage } from '../../src/state/state.ts';
import { Content } from '../content/content.tsx';
import { RichText } from '../content/rich-text.tsx';
import { words } from '../live/language.ts';
import { textOf } from '../model/preview.ts';
import { isOnlyEmoji } from '../model/rich-text.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { BubbleActions } from './bubble-actions.tsx';
import { Marks } from './marks.tsx';
import { Quote } from './quote.tsx';
import { Reaction } from './reaction.tsx';
import './bubble.css';

export interface Speakers {
  readonly psid: string;
  readonly person: string;
  readonly pageId: string;
  readonly page: string;
}

interface Props {
  readonly message: ChatMessage;
  readonly follows: boolean;
  readonly goesOn: boolean;
  readonly isNewest: boolean;
  /** It was said while the conversation was open. */
  readonly arrives: boolean;
  readonly speakers: Speakers;
  /** The message that it answers, if that is still known. */
  readonly quoted: ChatMessage | undefined;
}

/** Its props are plain, so that only what has changed is drawn again. */
export function Bubble(props: Props): JSX.Element {
  const { message, follows, goesOn, isNewest, arrives, speakers, quoted } = props;
  const { direction, problem, persona, byHuman, mid } = message;
  const { text } = words.value;
  const isIn = direction === 'in';
  const speaker = isIn ? (persona ?? speakers.page) : text('you');
  const classes = [
    'row',
    direction,
    follows && 'follows',
    goesOn && problem === undefined && 'goes-on',
    problem !== undefined && 'troubled',
    byHuman && 'by-human',
    message.reaction !== undefined && 'reacted',
    isCards(message) && 'wide',
    arrives && 'arrives',
  ];
  const answers = message.replyTo ?? message.parameters?.reply_to?.mid;
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      <span class="hidden-text">{speaker}</span>
      {isIn && <Avatar class="small page-avatar" id={speakers.pageId} name={speaker} />}
      <div class="body">
        {isIn && !follows && (persona !== undefined || byHuman === true) && (
          <span class="speaker">
            {persona ?? speakers.page}
            {byHuman && (
              <span class="human-mark">
                <Icon name="human" />
                {text('byHuman')}
              </span>
            )}
          </span>
        )}
        {answers !== undefined && <Quote message={quoted} speakers={speakers} />}
        <div class="held">
          <div
            class={`bubble ${lookOf(message)}`}
            data-direction={direction}
            data-mid={mid}
            dir="auto"
          >
            <Said psid={speakers.psid} message={message} />
          </div>
          {message.reaction !== undefined && (
            <Reaction reaction={message.reaction} by={isIn ? speakers.person : speakers.page} />
          )}
          <BubbleActions psid={speakers.psid} message={message} isNewest={isNewest} />
        </div>
        <Marks message={message} />
      </div>
    </div>
  );
}

/** Text stands in a coloured bubble; what has a shape of its own does not. */
function lookOf({ text, attachment, payload, content }: ChatMessage): string {
  if (attachment !== undefined) return attachment === 'location' ? 'location' : 'bare';
  if (content === undefined) return isOnlyEmoji(text ?? '') ? 'emoji' : '';
  const template =
    payload?.attachment?.type === 'template' ? payload.attachment.payload : undefined;
  if (template?.template_type === 'button') return 'framed';
  if (template?.template_type === 'receipt') return 'framed';
  return content.kind === 'file' ? 'framed' : 'bare';
}

/** They need more room than words. */
function isCards({ content }: ChatMessage): boolean {
  return content?.kind === 'template' && content.templateType === 'generic';
}

interface SaidProps {
  readonly psid: string;
  readonly message: ChatMessage;
}

function Said({ psid, message }: SaidProps): JSX.Element {
  const { text } = words.value;
  switch (message.attachment) {
    case 'sticker':
      return (
        <img class="sticker" src="/like.svg" alt={text('stickerAlt')} width="108" height="108" />
      );
    case 'image':
      return (
        <img class="photo" src="/picture.svg" alt={text('imageAlt')} width="300" height="200" />
      );
    case 'location':
      return (
        <>
          <Icon name="place" />
          <span class="lines">
            <strong>{text('place')}</strong>
            <span>{text('city')}</span>
          </span>
        </>
      );
    case undefined:
      break;
  }
  if (message.content !== undefined) return <Content psid={psid} message={message} />;
  return <RichText text={textOf(message, words.value) ?? ''} />;
}
