import type { Clock } from '../clock.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { Settings } from '../options.ts';
import type { Page } from '../pages.ts';
import { traceId } from '../random.ts';
import type { GraphCall } from '../state/state.ts';
import { authorize, credentialsOf, withoutCredentials } from './authorization.ts';
import type { Fields } from './bodies.ts';
import { type CallFate, fateOf } from './call-faults.ts';
import { GraphRefusal, unknownPath } from './errors.ts';
import { type GraphPath, type GraphRequest, pathOf, servedVersion } from './request.ts';
import { type Asked, type Resource, unknownObject, type Work } from './resource.ts';
import { createUsage } from './usage.ts';

/** What becomes of a request. */
export type GraphAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
      /** How long the body takes on its way. */
      readonly slowMs: number;
    }
  /** The connection breaks. */
  | { readonly kind: 'reset' };

/** Meta's side: answers requests as the Graph API does. */
export interface Graph {
  /** Rejects only when the emulator is closed meanwhile. */
  handle(request: GraphRequest): Promise<GraphAnswer>;
}

interface GraphOptions extends Pick<
  Settings,
  'appSecret' | 'latencyMs' | 'random' | 'requireProof'
> {
  /** The Pages with their tokens as they are now. */
  readonly pages: () => readonly Page[];
  readonly clock: Clock;
  readonly faults: FaultBook;
  readonly resources: readonly Resource[];
  /** The emulator's address, known once it listens. */
  readonly origin: () => string;
  readonly signal: AbortSignal;
  readonly onCall: (call: GraphCall) => void;
}

/** What can be asked without an object, and by the app's own token only. */
const appRoots = new Set(['sticker_packs', 'sticker_search']);
const roots = new Set([...appRoots, 'message_template_library']);

/** A call that is to be done. */
interface Task {
  readonly psid: string | undefined;
  readonly api: string;
  readonly work: () => unknown;
}

type Asking = Omit<Asked, 'id'>;

export function createGraph(options: GraphOptions): Graph {
  const { clock, faults, random, resources, signal } = options;
  const calls: Readonly<Record<string, Work>> = Object.assign(
    Object.create(null),
    ...resources.map((resource) => resource.calls),
  );
  const usage = createUsage();

  function kindOf(object: string, pageId: string): string | undefined {
    if (object === 'me' || object === pageId) return 'page';
    for (const resource of resources) {
      const kind = resource.kindOf?.(object, pageId);
      if (kind !== undefined) return kind;
    }
    return undefined;
  }

  /** The Page whose token it has; empty for the app's. */
  function askerOf({ authorization, query, body }: GraphRequest, now: number): string {
    const credentials = credentialsOf(authorization, query, body);
    return authorize(credentials, { ...options, pages: options.pages(), now })?.id ?? '';
  }

  function taskOf({ method }: GraphRequest, { object, edge }: GraphPath, asked: Asking): Task {
    const { pageId, parameters } = asked;
    if (appRoots.has(object) && pageId !== '') {
      const message = '(#15) This method must be called with an app access_token.';
      throw new GraphRefusal('OAuthException', 15, message);
    }
    if (roots.has(object)) return rootTask(method, object, edge, asked);
    if (pageId === '') {
      const message = '(#210) A page access token is required to request this resource.';
      throw new GraphRefusal('OAuthException', 210, message);
    }
    const kind = kindOf(object, pageId);
    const work = calls[`${method} ${edge === '' ? kind : `${kind}/${edge}`}`];
    if (kind === undefined) {
      // An edge of Pages asked of what is no Page is a wrong id; another word is a wrong path.
      if (/^\d+$|^[tm]_/.test(object)) throw unknownObject(method, object);
      throw unknownPath(`/${object}${edge && `/${edge}`}`);
    }
    if (work === undefined) {
      if (edge === '') throw unknownObject(method, object);
      throw unknownPath(`/${edge}`);
    }
    const psid = kind === 'person' ? object : personIn(parameters);
    return { psid, api: edge || kind, work: () => work({ ...asked, id: object }) };
  }

  /** What belongs to no object of the Page's: a list, or what is in one of its items. */
  function rootTask(method: string, list: string, rest: string, asked: Asking): Task {
    const [id = '', edge] = rest.split('/');
    const name = edge === undefined ? list : `${list}/${edge}`;
    const work = calls[`${method} root/${name}`];
    if (work === undefined) throw unknownPath(`/${list}${rest && `/${rest}`}`);
    return { psid: undefined, api: list, work: () => work({ ...asked, id }) };
  }

  async function carryOut(task: Task, fate: CallFate): Promise<unknown> {
    const latencyMs = options.latencyMs + fate.latencyMs;
    if (latencyMs > 0) await clock.sleep(latencyMs, signal);
    if (fate.refusal !== undefined) throw fate.refusal;
    if (fate.broken?.tookEffect === false) return undefined;
    return task.work();
  }

  return {
    async handle(request) {
      const at = clock.now();
      const parameters = withoutCredentials({ ...request.query, ...request.body });
      const address = `${options.origin()}/${request.path.replace(/^\/+/, '')}`;
      let pageId = '';
      let task: Task | undefined;
      let fate = fateOf([]);
      let refusal: GraphRefusal | undefined;
      let body: unknown;
      try {
        const path = pathOf(request.path);
        pageId = askerOf(request, at);
        task = taskOf(request, path, { pageId, address, parameters: withoutForm(parameters) });
        fate = fateOf(faults.onCall({ ...task, pageId }));
        body = await carryOut(task, fate);
      } catch (error) {
        if (!(error instanceof GraphRefusal)) throw error;
        refusal = error;
        body = error.body(traceId(random));
      }
      const { broken } = fate;
      if (broken?.kind === 'status') body = 'Sorry, something went wrong.';
      const status = broken === undefined ? (refusal === undefined ? 200 : 400) : statusOf(broken);
      const ms = clock.now() - at;
      if (pageId !== '') usage.count(pageId, at, ms);
      options.onCall({
        id: traceId(random),
        method: request.method,
        path: request.path,
        ...(pageId === '' ? {} : { pageId }),
        ...(task?.psid === undefined ? {} : { psid: task.psid }),
        parameters: kept(parameters),
        status,
        ...(refusal === undefined ? {} : { errorCode: refusal.code }),
        ...(refusal?.subcode === undefined ? {} : { errorSubcode: refusal.subcode }),
        ...(broken === undefined ? { response: body } : {}),
        ...(fate.fault === undefined ? {} : { fault: fate.fault }),
        at,
        ms,
      });
      if (broken?.kind === 'reset') return { kind: 'reset' };
      const headers = {
        'facebook-api-version': servedVersion(request.path, at),
        ...(pageId !== '' && {
          'x-business-use-case-usage': usage.header(pageId, clock.now(), fate.regainMinutes),
        }),
      };
      return { kind: 'answer', status, headers, body, slowMs: fate.slowMs };
    },
  };
}

function statusOf(broken: NonNullable<CallFate['broken']>): number {
  return broken.kind === 'reset' ? 0 : broken.status;
}

/** Whom a call is about, wherever it says so. */
function personIn({ recipient, psid, user, user_id: userId }: Fields): string | undefined {
  const id =
    typeof recipient === 'object' && recipient !== null
      ? (recipient as Fields)['id']
      : (recipient ?? psid ?? user ?? userId);
  return typeof id === 'string' ? id : undefined;
}

/** What client libraries say of the answer's form with any call; here it is always the same. */
const formNames = new Set(['format', 'pretty', 'debug', 'suppress_http_code']);

function withoutForm(parameters: Fields): Fields {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !formNames.has(name)));
}

/** Files by their names: their bytes are nothing to read. */
function kept(parameters: Fields): Fields {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      value instanceof File ? `${value.name} (${value.type}, ${value.size} bytes)` : value,
    ]),
  );
}
