import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { run } from '@bot/example-runner';
import { PAGE_INBOX_APP_ID } from '@bot/graph-client';
import { readMarkdown } from '@bot/nlp/model';
import { createSupportDesk } from './bot.ts';
import { createCallbackBook } from './callback-book.ts';
import { createHelpPages } from './help-pages.ts';
import { createLanguageSense } from './language.ts';
import { openPassageDatabase } from './passage-database.ts';
import { learnIntents } from './understanding.ts';

const here = import.meta.dirname;
const { DATABASE_URL: databaseUrl = 'memory:', CALLBACKS_FILE } = process.env;
const {
  INSIGHTS_PORT: insightsPort = '3001',
  INSIGHTS_PASSWORD: password = randomBytes(9).toString('base64url'),
} = process.env;
const database = openPassageDatabase(databaseUrl);
const files = await readMarkdown(join(here, 'answers'));
const pages = createHelpPages({
  files,
  database,
  report: (error) => console.error(`The pages cannot be searched: ${String(error)}`),
});
await pages.load();

await run(
  (graph) =>
    createSupportDesk({
      pages,
      recogniser: learnIntents(),
      languageOf: createLanguageSense(files),
      book: createCallbackBook(CALLBACKS_FILE ?? join(here, '.local', 'callbacks.jsonl')),
      passToHumans: (psid, note) => graph.threads.pass(psid, PAGE_INBOX_APP_ID, { metadata: note }),
    }),
  {
    historyUrl: databaseUrl,
    insights: { port: Number(insightsPort), password },
    close: () => database.close(),
    profile: {
      getStarted: { payload: 'GET_STARTED' },
      greeting: [{ locale: 'default', text: 'Tiệm Trà Nhỏ xin chào {{user_first_name}}!' }],
      iceBreakers: [
        {
          locale: 'default',
          callToActions: [
            { question: 'Gọi lại cho mình / Call me back', payload: 'CALL_ME' },
            { question: 'Gặp nhân viên / Talk to a human', payload: 'HUMAN' },
          ],
        },
      ],
    },
  },
);
