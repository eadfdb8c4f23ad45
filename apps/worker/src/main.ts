import { guardEventLoop } from '@bot/queue';
import { runService } from '@bot/service';
import { startApp } from './app.ts';
import { readConfig } from './config.ts';

await runService({
  name: 'worker',
  readConfig,
  secretOf: ({ appSecret }) => appSecret,
  async start(config, service) {
    const { log } = service;
    const guard = guardEventLoop();
    const app = await startApp(config, service);
    log.info({ address: app.address, concurrency: config.concurrency }, 'working');
    return {
      async close() {
        await app.close();
        await guard.close();
      },
    };
  },
});
