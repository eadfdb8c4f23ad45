import Fastify, { type FastifyInstance } from 'fastify';
import { createChanges, type Changes } from './state/changes.ts';
import { addChatRoutes } from './chat/routes.ts';
import { createDeliveries, DELIVERIES_AT_ONCE, type Deliveries } from './webhook/deliveries.ts';
import { EmulatorError } from './errors.ts';
import { requireFields, toldAs, type WebhookEvent } from './webhook/events.ts';
import { createFaultBook, type FaultBook } from './faults/fault-book.ts';
import { createGraph } from './graph/graph.ts';
import { addGraphRoutes, refuseAddress } from './graph/http.ts';
import { createResources } from './graph/resources.ts';
import { createUploads, type Uploads } from './graph/uploads.ts';
import { type Handshake, shakeHands } from './webhook/handshake.ts';
import type { Emulator } from './emulator.ts';
import { type EmulatorOptions, type Settings, settingsOf } from './options.ts';
import type { Page } from './pages.ts';
import { createPageActs, type PageActs } from './acts/page-acts.ts';
import type { Person } from './people.ts';
import { createPersonActs, type PersonActs, requireOpen } from './acts/person-acts.ts';
import { newPsid } from './random.ts';
import { createRecords, type Records } from './state/records.ts';
import type { Delivery, EmulatorState } from './state/state.ts';
import { Store } from './state/store.ts';
import { createTransport, type Transport } from './webhook/transport.ts';
import { webhookFields } from './webhook/webhook-fields.ts';

/**
 * Starts a local Messenger: listening, with its chat page, when the promise resolves.
 *
 * @throws EmulatorError `INVALID_OPTION` or `PORT_TAKEN`.
 *
 * @example
 * ```ts
 * const emulator = await createEmulator({
 *   webhookUrl: 'http://localhost:3000/webhook',
 *   appSecret: 'secret',
 *   verifyToken: 'verify',
 *   pages: [{ id: '100000000000001', accessToken: 'token' }],
 * });
 * emulator.say('6174920385517204', 'xin chào');
 * await emulator.idle();
 * await emulator.close();
 * ```
 */
export async function createEmulator(options: EmulatorOptions): Promise<Emulator> {
  const emulator = new RunningEmulator(settingsOf(options));
  try {
    await emulator.listen();
  } catch (error) {
    await emulator.close();
    throw error;
  }
  return emulator;
}

class RunningEmulator implements Emulator {
  readonly #settings: Settings;
  readonly #changes: Changes = createChanges();
  readonly #records: Records;
  readonly #faults: FaultBook;
  readonly #store: Store;
  readonly #uploads: Uploads;
  readonly #transport: Transport;
  readonly #deliveries: Deliveries;
  readonly #server: FastifyInstance;
  readonly #closing = new AbortController();
  readonly #page: PageActs;
  readonly #people: PersonActs;
  #pages: readonly Page[];
  #closed: Promise<void> | undefined;
  url = '';

  constructor(settings: Settings) {
    const { clock, history, random, seed } = settings;
    this.#settings = settings;
    this.#pages = settings.pages;
    this.#server = Fastify({
      forceCloseConnections: true,
      frameworkErrors: (_error, _request, reply) => refuseAddress(reply, random),
    });
    this.#records = createRecords(this.#changes, history);
    this.#faults = createFaultBook(seed, this.#changes);
    const parts = { records: this.#records, faults: this.#faults };
    this.#store = new Store({ ...settings, ...parts, changes: this.#changes });
    this.#uploads = createUploads(clock, random);
    this.#transport = createTransport(settings.webhookUrl, DELIVERIES_AT_ONCE);
    this.#deliveries = createDeliveries({
      ...settings,
      ...parts,
      store: this.#store,
      transport: this.#transport,
    });
    const acts = {
      clock,
      random,
      store: this.#store,
      deliveries: this.#deliveries,
      origin: () => this.url,
      signal: this.#closing.signal,
    };
    this.#people = createPersonActs(acts);
    this.#page = createPageActs(acts);
  }

  get state(): EmulatorState {
    return this.#store.state;
  }

  get seed(): number {
    return this.#settings.seed;
  }

  async listen(): Promise<void> {
    const { host, port } = this.#settings;
    const signal = this.#closing.signal;
    addChatRoutes(this.#server, {
      ...this.#settings,
      emulator: this,
      // `src/` and `dist/` are neighbours of it alike.
      pageFolder: new URL('../dist/page/', import.meta.url),
      uploads: this.#uploads,
    });
    const resources = createResources({
      ...this.#settings,
      store: this.#store,
      uploads: this.#uploads,
      origin: () => this.url,
      perform: (send) => this.#page.perform(send),
      tell: (event) => this.#deliveries.send(event),
    });
    const graph = createGraph({
      ...this.#settings,
      pages: () => this.#pages,
      faults: this.#faults,
      resources,
      origin: () => this.url,
      signal,
      onCall: (call) => this.#records.addCall(call),
    });
    addGraphRoutes(this.#server, { ...this.#settings, graph, signal });
    try {
      this.url = browsable(await this.#server.listen({ host, port }));
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' || code === 'EACCES') {
        const state = code === 'EACCES' ? 'is not for everybody' : 'is taken';
        const message = `Port ${port} of ${host} ${state}: choose another one, or 0 for a free one`;
        throw new EmulatorError('PORT_TAKEN', message, { cause: error });
      }
      if (!/^(?:EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|EINVAL)$/.test(code)) throw error;
      const message = `host must be an address of this machine, got ${JSON.stringify(host)}`;
      throw new EmulatorError('INVALID_OPTION', message, { cause: error });
    }
  }

  say: Emulator['say'] = (...said) => this.#people.say(...said);
  attach: Emulator['attach'] = (...sent) => this.#people.attach(...sent);
  tap: Emulator['tap'] = (...tapped) => this.#people.tap(...tapped);
  react: Emulator['react'] = (...reacted) => this.#people.react(...reacted);
  edit: Emulator['edit'] = (...edited) => this.#people.edit(...edited);
  refer: Emulator['refer'] = (...came) => this.#people.refer(...came);
  read: Emulator['read'] = (psid) => this.#people.read(psid);
  block: Emulator['block'] = (...blocked) => this.#people.block(...blocked);
  emit: Emulator['emit'] = (...emitted) => this.#people.emit(...emitted);
  sayAsHuman: Emulator['sayAsHuman'] = (...said) => this.#page.sayAsHuman(...said);
  passThread: Emulator['passThread'] = (...passed) => this.#page.passThread(...passed);
  takeThread: Emulator['takeThread'] = (psid) => this.#page.takeThread(psid);
  releaseThread: Emulator['releaseThread'] = (psid) => this.#page.releaseThread(psid);
  inject: Emulator['inject'] = (fault) => this.#faults.inject(fault);
  removeFault: Emulator['removeFault'] = (id) => this.#faults.remove(id);
  idle: Emulator['idle'] = (signal) => this.#deliveries.idle(signal);
  subscribe: Emulator['subscribe'] = (listener) => this.#changes.subscribe(listener);

  addPerson({ name, pageId }: { readonly name: string; readonly pageId?: string }): Person {
    const { pages, random } = this.#settings;
    const page = pages.find(({ id }) => id === (pageId ?? pages[0]?.id));
    if (page === undefined) throw unknownPage(pageId);
    const person = { psid: newPsid(random), name, pageId: page.id };
    this.#store.addPerson(person);
    return person;
  }

  replay(deliveryId: string): Delivery {
    requireOpen(this.#closing.signal);
    return this.#deliveries.replay(deliveryId);
  }

  replaceToken(pageId: string, accessToken: string): void {
    this.#requirePage(pageId);
    this.#pages = this.#pages.map((page) => (page.id === pageId ? { ...page, accessToken } : page));
  }

  emitForPage(pageId: string, field: string, change: Record<string, unknown>): void {
    requireOpen(this.#closing.signal);
    this.#requirePage(pageId);
    requireFields([field]);
    const value = toldAs(change);
    const event: WebhookEvent = { pageId, field, mids: [], value, isChange: true };
    this.#deliveries.send(event);
  }

  subscribePage(pageId: string, fields: readonly string[] = webhookFields): void {
    this.#requirePage(pageId);
    requireFields(fields);
    this.#store.setSubscription(pageId, fields);
  }

  handshake(signal?: AbortSignal): Promise<Handshake> {
    const { random, verifyToken } = this.#settings;
    const signals = [this.#closing.signal, ...(signal === undefined ? [] : [signal])];
    return shakeHands(this.#transport, random, verifyToken, AbortSignal.any(signals));
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

  #requirePage(pageId: string): void {
    if (this.#store.page(pageId) === undefined) throw unknownPage(pageId);
  }
}

function unknownPage(pageId: string | undefined): EmulatorError {
  return new EmulatorError('NOT_FOUND', `No Page here has the id ${JSON.stringify(pageId)}`);
}

/** An address that a browser on this machine can open, even when listening everywhere. */
function browsable(address: string): string {
  return address.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}
