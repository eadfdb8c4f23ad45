import { readFile } from 'node:fs/promises';
import type { Clock, Reports, Unavailable } from '@bot/history';
import { requirePassword } from '@bot/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PATH } from './address.ts';
import { csvOf } from './csv.ts';
import { readFilter, type ReadFilter } from './filter.ts';
import type { Html } from './html.ts';
import { page, trouble } from './page.ts';
import { listPages } from './pages.ts';
import { findReports } from './report.ts';
import { allReports, findReport, hasTexts, shownReports } from './reports.ts';
import { findSummary } from './summary.ts';
import { languageOf, wordsOf, type Language, type Words } from './words.ts';

export interface InsightsOptions {
  /** Whoever knows it may look; the user's name is `bot`. `undefined` adds nothing. */
  readonly password: string | undefined;
  /** Where the figures come from; `undefined` adds nothing. */
  readonly reports: Reports | undefined;
  readonly clock: Pick<Clock, 'now'>;
  /** Where days begin, unless the address says so. Default `Asia/Ho_Chi_Minh`. */
  readonly timeZone?: string;
}

/** Rows of a list at the most, on the page and in a file. */
const MOST_SHOWN = 50;
const MOST_IN_FILE = 10_000;
const RETRY_SECONDS = 5;

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/**
 * Shows at `/insights` figures on what people and the bot said, and gives each table as
 * `/insights/<name>.csv`. What people wrote stands there only for who asks for it.
 *
 * @example
 * await addInsights(app, { password, reports: history.reports, clock: systemClock });
 */
export async function addInsights(
  app: FastifyInstance,
  { password, reports, clock, timeZone = 'Asia/Ho_Chi_Minh' }: InsightsOptions,
): Promise<void> {
  if (password === undefined || reports === undefined) return;
  const style = await readFile(new URL('./insights.css', import.meta.url));

  function read({ query, headers: told }: FastifyRequest): Asked {
    const parameters = query as Readonly<Record<string, unknown>>;
    const language = languageOf(parameters['lang'], told['accept-language']);
    const asked = readFilter(parameters, { now: clock.now(), timeZone });
    return { language, words: wordsOf(language), ...asked };
  }

  await app.register(async (scope) => {
    await requirePassword(scope, password);
    scope.addHook('onRequest', async (_request, reply) => void reply.headers(headers));

    scope.get(`${PATH}/insights.css`, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(style),
    );

    scope.get(PATH, async (request, reply) => {
      const asked = read(request);
      const { language, words } = asked;
      if (asked.kind === 'wrong') {
        const lines = [words.rules[asked.parameter]];
        return sendPage(reply.code(400), trouble(language, { title: words.wrong, lines }));
      }
      const { filter } = asked;
      const options = { filter, most: MOST_SHOWN };
      const result = await reports.read(async (statements) => {
        const found = await findReports(statements, shownReports(filter), options);
        const summary = await findSummary(statements, options, found);
        return { pages: await listPages(statements), summary, reports: found };
      });
      if (isUnavailable(result)) {
        const lines = [result.reason, words.tryAgain];
        const body = trouble(language, { title: words.unavailable, lines });
        return sendPage(askLater(reply), body);
      }
      return sendPage(reply, page({ ...result, filter, language, mostTexts: MOST_SHOWN }));
    });

    for (const report of allReports) {
      scope.get(`${PATH}/${report.name}.csv`, async (request, reply) => {
        const asked = read(request);
        const { words } = asked;
        if (asked.kind === 'wrong') {
          return sendLine(reply.code(400), words.rules[asked.parameter]);
        }
        const { filter } = asked;
        if (hasTexts(report) && !filter.texts) {
          return sendLine(reply.code(400), words.rules.askForTexts);
        }
        const found = await reports.read((statements) =>
          findReport(statements, report, { filter, most: MOST_IN_FILE }),
        );
        if (isUnavailable(found)) {
          return sendLine(askLater(reply), `${words.unavailable} ${found.reason}`);
        }
        const name = `${report.name}_${filter.from}_${filter.to}.csv`;
        return reply
          .header('content-disposition', `attachment; filename="${name}"`)
          .type('text/csv; charset=utf-8')
          .send(csvOf(found));
      });
    }
  });
}

type Asked = ReadFilter & { readonly language: Language; readonly words: Words };

const isUnavailable = (found: object): found is Unavailable =>
  'kind' in found && found.kind === 'unavailable';

const sendPage = (reply: FastifyReply, body: Html): FastifyReply =>
  reply.type('text/html; charset=utf-8').send(body.toString());

const sendLine = (reply: FastifyReply, line: string): FastifyReply =>
  reply.type('text/plain; charset=utf-8').send(`${line}\n`);

const askLater = (reply: FastifyReply): FastifyReply =>
  reply.code(503).header('retry-after', String(RETRY_SECONDS));
