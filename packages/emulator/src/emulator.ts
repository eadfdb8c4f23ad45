import Fastify, { type FastifyInstance } from 'fastify';
import { addChatRoutes } from './chat/routes.ts';
import { createDeliveries, DELIVERIES_AT_ONCE, type Deliveries } from './deliveries.ts';
import { EmulatorError } from './errors.ts';
import { deliveryEvent, echoEvent, type EventContext, messageEvent, readEvent } from './events.ts';
import { contentOf } from './graph/content.ts';
import { addGraphRoutes } from './graph/routes.ts';
import type { Send } from './graph/sends.ts';
import { shakeHands } from './handshake.ts';
import { type EmulatorOptions, type Settings, settingsOf } from './options.ts';
import { type Person, stranger } from './people.ts';
import { messageId, newPsid } from './random.ts';
import type { AttachmentKind, ChatMessage, EmulatorChange, EmulatorState } from './state.ts';
import { Store } from './store.ts';
import { createTransport, type Transport } from './transport.ts';

/** What a person sent. */
export interface SentEvent {
  readonly mid: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** A running local Messenger. */
export interface Emulator {
  /** Address of the chat page and, with `/v26.0/…` after it, of the Graph API. No slash at the end. */
  readonly url: string;
  readonly state: EmulatorState;
  /**
   * A person writes. The delivery goes out by itself: signed, after this person's earlier ones.
   * An id that nobody has yet becomes a person.
   *
   * @throws EmulatorError when the id is not digits or the text is empty.
   */
  say(psid: string, text: string): SentEvent;
  /** A person sends a thumbs-up sticker, a picture or a place. */
  attach(psid: string, kind: AttachmentKind): SentEvent;
  /** Asks the webhook as Meta does when it is registered: true when the challenge came back. */
  handshake(signal?: AbortSignal): Promise<boolean>;
  /** Resolves when no delivery is under way or waiting for another attempt. */
  idle(signal?: AbortSignal): Promise<void>;
  /** Tells each change as it happens, until the returned function is called. */
  subscribe(listener: (change: EmulatorChange) => void): () => void;
  /** Stops everything that was started. Deliveries under way are cut off. May be called again. */
  close(): Promise<void>;
}

/** A person's text may be far longer than a Page's; this only keeps mistakes away. */
const PERSON_TEXT_LIMIT = 20_000;

/**
 * Starts a local Messenger: listening, with its chat page, when the promise resolves.
 *
 * @throws EmulatorError `INVALID_OPTION` or `PORT_TAKEN`.
 *
 * @example
 * ```ts
 * const emulator = await createEmulator({
 *   webhookUrl: 'http://localhost:3000/webhook',
 *   appSecret: 'secret', verifyToken: 'verify', accessToken: 'token', pageId: '100000000000001',
 * });
 * emulator.say('6174920385517204', 'xin chào');
 * await emulator.idle();
 * await emulator.close();
 * ```
 */
export async function createEmulator(options: EmulatorOptions): Promise<Emulator> {
  const settings = settingsOf(options);
  const store = new Store(settings.people, settings.clock);
  const transport = createTransport(settings.webhookUrl, DELIVERIES_AT_ONCE);
  const deliveries = createDeliveries({ ...settings, store, transport });
  const server = Fastify({ forceCloseConnections: true });
  const messenger = new Messenger(settings, store, transport, deliveries, server);
  try {
    await messenger.listen();
  } catch (error) {
    await messenger.close();
    throw error;
  }
  return messenger;
}

class Messenger implements Emulator {
  readonly #settings: Settings;
  readonly #store: Store;
  readonly #transport: Transport;
  readonly #deliveries: Deliveries;
  readonly #server: FastifyInstance;
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;
  url = '';

  constructor(
    settings: Settings,
    store: Store,
    transport: Transport,
    deliveries: Deliveries,
    server: FastifyInstance,
  ) {
    this.#settings = settings;
    this.#store = store;
    this.#transport = transport;
    this.#deliveries = deliveries;
    this.#server = server;
  }

  get state(): EmulatorState {
    return this.#store.state;
  }

  async listen(): Promise<void> {
    const { clock, host, pageId, pageName, port, webhookUrl } = this.#settings;
    addChatRoutes(this.#server, {
      host,
      page: { id: pageId, name: pageName },
      pageFolder: new URL('./page/', import.meta.url),
      webhookUrl,
      state: this.state,
      now: () => clock.now(),
      say: (psid, text) => this.say(psid, text),
      attach: (psid, kind) => this.attach(psid, kind),
      read: (psid) => this.#read(psid),
      addPerson: (name) => this.#addPerson(name),
      subscribe: (listener) => this.subscribe(listener),
    });
    addGraphRoutes(this.#server, {
      ...this.#settings,
      signal: this.#closing.signal,
      knows: (psid) => this.#store.knows(psid),
      knowsMessage: (psid, mid) => this.#store.knowsMessage(psid, mid),
      perform: (send) => this.#perform(send),
      onCall: (call) => this.#store.addCall(call),
    });
    try {
      this.url = browsable(await this.#server.listen({ host, port }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      const message = `Port ${port} of ${host} is taken: choose another one, or 0 for a free one`;
      throw new EmulatorError('PORT_TAKEN', message, { cause: error });
    }
  }

  say(psid: string, text: string): SentEvent {
    if (text.trim() === '' || text.length > PERSON_TEXT_LIMIT) {
      const rule = `A message has 1 to ${PERSON_TEXT_LIMIT} characters`;
      throw new EmulatorError('INVALID_TEXT', `${rule}, got ${text.length}`);
    }
    return this.#fromPerson(psid, { text });
  }

  attach(psid: string, kind: AttachmentKind): SentEvent {
    return this.#fromPerson(psid, { attachment: kind });
  }

  handshake(signal?: AbortSignal): Promise<boolean> {
    const { random, verifyToken } = this.#settings;
    const signals = [this.#closing.signal, ...(signal === undefined ? [] : [signal])];
    return shakeHands(this.#transport, random, verifyToken, AbortSignal.any(signals));
  }

  idle(signal?: AbortSignal): Promise<void> {
    return this.#deliveries.idle(signal);
  }

  subscribe(listener: (change: EmulatorChange) => void): () => void {
    return this.#store.subscribe(listener);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#closing.abort(new EmulatorError('CLOSED', 'The emulator was closed'));
    await Promise.all([this.#deliveries.close(), this.#server.close()]);
    await this.#transport.close();
  }

  #fromPerson(psid: string, content: Pick<ChatMessage, 'text' | 'attachment'>): SentEvent {
    if (this.#closing.signal.aborted) {
      throw new EmulatorError('CLOSED', 'The emulator was closed: start another one');
    }
    if (!this.#store.knows(psid)) this.#store.addPerson(stranger(psid));
    const message: ChatMessage = {
      mid: messageId(this.#settings.random),
      direction: 'out',
      timestamp: this.#store.nextTimestamp(psid),
      status: 'sending',
      ...content,
    };
    this.#store.addMessage(psid, message);
    const event = messageEvent(this.#context(psid), message);
    this.#deliveries.send({ psid, event: 'message', mids: [message.mid] }, event);
    return { mid: message.mid, timestamp: message.timestamp };
  }

  #perform(send: Send): string | undefined {
    switch (send.kind) {
      case 'message':
        return this.#fromPage(send);
      case 'typing':
        this.#store.setTyping(send.psid, send.typing);
        break;
      case 'seen':
        this.#store.markSeen(send.psid);
        break;
      case 'reaction':
        this.#store.react(send.psid, send.mid, send.reaction);
        break;
    }
    return undefined;
  }

  #fromPage({ psid, message: payload, parameters }: Extract<Send, { kind: 'message' }>): string {
    const mid = messageId(this.#settings.random);
    // Nobody here stands behind a plugin, a comment or a post: the call is all that is kept of it.
    if (psid === undefined) return mid;
    const { text, metadata } = payload;
    const content = contentOf(payload);
    const message: ChatMessage = {
      mid,
      direction: 'in',
      timestamp: this.#store.nextTimestamp(psid),
      status: 'delivered',
      ...(text === undefined ? {} : { text }),
      ...(metadata === undefined ? {} : { metadata }),
      ...(content === undefined ? {} : { content }),
      payload,
      parameters,
    };
    this.#store.addMessage(psid, message);
    const context = this.#context(psid);
    const mids = [mid];
    this.#deliveries.send({ psid, event: 'echo', mids }, echoEvent(context, message));
    this.#deliveries.send({ psid, event: 'delivery', mids }, deliveryEvent(context, message));
    return mid;
  }

  #read(psid: string): void {
    const watermark = this.#store.markRead(psid);
    if (watermark === undefined) return;
    const event = readEvent(this.#context(psid), watermark, this.#settings.clock.now());
    this.#deliveries.send({ psid, event: 'read', mids: [] }, event);
  }

  #addPerson(name: string): Person {
    const person = { psid: newPsid(this.#settings.random), name };
    this.#store.addPerson(person);
    return person;
  }

  #context(psid: string): EventContext {
    return { pageId: this.#settings.pageId, psid, origin: this.url };
  }
}

/** An address that a browser on this machine can open, even when listening everywhere. */
function browsable(address: string): string {
  return address.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}
