import Fastify, { type FastifyInstance } from 'fastify';
import { addChatRoutes } from './chat/routes.ts';
import { createDeliveries, DELIVERIES_AT_ONCE, type Deliveries } from './deliveries.ts';
import { EmulatorError } from './errors.ts';
import { addGraphRoutes } from './graph/routes.ts';
import { shakeHands } from './handshake.ts';
import { type EmulatorOptions, type Settings, settingsOf } from './options.ts';
import type { Person } from './people.ts';
import { newPsid } from './random.ts';
import type { AttachmentKind, EmulatorChange, EmulatorState } from './state.ts';
import { Store } from './store.ts';
import { createTalk, type SentEvent, type Talk } from './talk.ts';
import { createTransport, type Transport } from './transport.ts';

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
  /**
   * A person taps what is on the screen, found by its title: a quick reply under the newest
   * message, a postback button of any message (of the newest with that title), an item of the
   * persistent menu in any language; in an empty conversation `Get Started` and ice breakers.
   * The title becomes the person's bubble.
   *
   * @param where - With `mid`, only what is part of that message of the Page.
   * @throws EmulatorError `NOTHING_TO_TAP`; its message lists the titles that there are.
   *
   * @example
   * ```ts
   * emulator.tap('6174920385517204', 'Xem thực đơn');
   * ```
   */
  tap(psid: string, title: string, where?: { readonly mid?: string | undefined }): SentEvent;
  /**
   * A human answers from the Page's inbox: a bubble of the Page, and an echo of the inbox's app.
   *
   * @throws EmulatorError as `say`.
   */
  sayAsHuman(psid: string, text: string): SentEvent;
  /**
   * Tells the webhook that the conversation went from the bot's app to the Page's inbox, or back.
   * Only the event: nothing here keeps whose the conversation is.
   */
  passThread(psid: string, to: 'inbox' | 'bot', metadata?: string): void;
  /** Asks the webhook as Meta does when it is registered: true when the challenge came back. */
  handshake(signal?: AbortSignal): Promise<boolean>;
  /** Resolves when no delivery is under way or waiting for another attempt. */
  idle(signal?: AbortSignal): Promise<void>;
  /** Tells each change as it happens, until the returned function is called. */
  subscribe(listener: (change: EmulatorChange) => void): () => void;
  /** Stops everything that was started. Deliveries under way are cut off. May be called again. */
  close(): Promise<void>;
}

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
  readonly #talk: Talk;
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
    this.#talk = createTalk({
      ...settings,
      store,
      deliveries,
      origin: () => this.url,
      signal: this.#closing.signal,
    });
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
      tap: (psid, title, where) => this.tap(psid, title, where),
      read: (psid) => this.#talk.read(psid),
      addPerson: (name) => this.#addPerson(name),
      subscribe: (listener) => this.subscribe(listener),
    });
    addGraphRoutes(this.#server, {
      ...this.#settings,
      signal: this.#closing.signal,
      knows: (psid) => this.#store.knows(psid),
      knowsMessage: (psid, mid) => this.#store.knowsMessage(psid, mid),
      profile: () => this.state.profile,
      setProfile: (profile) => this.#store.setProfile(profile),
      perform: (send) => this.#talk.perform(send),
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
    return this.#talk.say(psid, text);
  }

  attach(psid: string, kind: AttachmentKind): SentEvent {
    return this.#talk.attach(psid, kind);
  }

  tap(psid: string, title: string, { mid }: { mid?: string | undefined } = {}): SentEvent {
    return this.#talk.tap(psid, title, mid);
  }

  sayAsHuman(psid: string, text: string): SentEvent {
    return this.#talk.sayAsHuman(psid, text);
  }

  passThread(psid: string, to: 'inbox' | 'bot', metadata?: string): void {
    this.#talk.passThread(psid, to, metadata);
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

  #addPerson(name: string): Person {
    const person = { psid: newPsid(this.#settings.random), name };
    this.#store.addPerson(person);
    return person;
  }
}

/** An address that a browser on this machine can open, even when listening everywhere. */
function browsable(address: string): string {
  return address.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}
