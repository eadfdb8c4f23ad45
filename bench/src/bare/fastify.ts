/** The least that a webhook on Fastify does: the raw body, its HMAC, JSON.parse, 200. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { fastify } from 'fastify';

const secret = process.env['APP_SECRET'] ?? '';

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/webhook', async ({ body, headers }, reply) => {
  const bytes = body as Buffer;
  const claimed = Buffer.from(
    String(headers['x-hub-signature-256']).slice('sha256='.length),
    'hex',
  );
  const expected = createHmac('sha256', secret).update(bytes).digest();
  if (!timingSafeEqual(expected, claimed)) return reply.code(401).send();
  JSON.parse(bytes.toString('utf8'));
  return reply.send();
});
process.send?.(`${await app.listen({ port: 0, host: '127.0.0.1' })}/webhook`);
process.on('disconnect', () => process.exit());
