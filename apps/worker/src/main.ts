import { guardEventLoop } from '@bot/queue';
import { runService } from '@bot/service';
import { startApp } from './app.ts';
import { readConfig } from './config.ts';

await runService({
  name: 'worker',
  readConfig,
  async start(config, log, fail) {
    const guard = guardEventLoop();
    const app = await startApp(config, log, fail);
    log.info({ address: app.address, concurrency: config.concurrency }, 'working');
    return {
      async close() {
        await app.close();
        await guard.close();
      },
    };
  },
});
