import { createHash } from 'node:crypto';
import { createBot, createPayload, type BotEvent, type Turn } from '@bot/handlers';
import type { MessageContent } from '@bot/graph-client/builders';
import { addTo, linesOf, totalOf, type Cart } from './cart.ts';
import { priceOf, teaOf, teas } from './catalogue.ts';
import { texts } from './texts.ts';

/** What the shop keeps of a conversation. */
interface Session {
  cart: Cart;
}

type ShopTurn = Turn<BotEvent, Session>;

/** A tap on "Buy"; the next version may carry more, and buttons in old messages still work. */
const buy = createPayload({
  name: 'BUY',
  parse(data): { sku: string } {
    const sku: unknown = Reflect.get(Object(data), 'sku');
    if (typeof sku !== 'string') throw new TypeError('sku must be a text.');
    return { sku };
  },
});

/** The shop: teas as cards, a cart in the session, a receipt. */
export const bot = createBot<Session>({
  session: { initial: () => ({ cart: {} }) },
  locale: 'vi',
})
  .use(async (turn, next) => {
    if (turn.event.type === 'text' && /^(hello|english)\b/i.test(turn.event.text)) {
      turn.locale = 'en';
    }
    await next();
  })
  .payload(buy, async (turn, { sku }) => {
    const tea = teaOf(sku);
    if (tea === undefined) return turn.reply(texts(turn.locale).gone);
    turn.session.cart = addTo(turn.session.cart, sku);
    return turn.reply({ text: texts(turn.locale).added(tea.name), quickReplies: choices(turn) });
  })
  .tap('TEAS', showTeas)
  .keywords(['trà', 'menu', 'thực đơn', 'tea', 'teas'], showTeas)
  .tap('CART', showCart)
  .keywords(['giỏ', 'giỏ hàng', 'cart'], showCart)
  .tap('CLEAR', (turn) => {
    turn.session.cart = {};
    return turn.reply({ text: texts(turn.locale).cleared, quickReplies: choices(turn) });
  })
  .tap('PAY', pay)
  .tap('GET_STARTED', welcome)
  .text(/^(xin chào|chào|hello|english)\b/i, welcome)
  .otherwise((turn) => {
    return turn.reply({ text: texts(turn.locale).misunderstood, quickReplies: choices(turn) });
  });

function choices({ locale }: ShopTurn): MessageContent['quickReplies'] {
  const { teas: title, cart } = texts(locale);
  return [
    { title, payload: 'TEAS' },
    { title: cart, payload: 'CART' },
  ];
}

async function welcome(turn: ShopTurn): Promise<void> {
  await turn.reply({ text: texts(turn.locale).welcome, quickReplies: choices(turn) });
}

async function showTeas(turn: ShopTurn): Promise<void> {
  const title = texts(turn.locale).buy;
  await turn.reply({
    template: {
      type: 'generic',
      elements: teas.map(({ sku, name, price }) => ({
        title: name,
        subtitle: priceOf(price),
        buttons: [{ type: 'postback', title: `${title} ${name}`, payload: buy.write({ sku }) }],
      })),
    },
  });
}

async function showCart(turn: ShopTurn): Promise<void> {
  const { cart } = turn.session;
  const said = texts(turn.locale);
  const lines = linesOf(cart).map(({ tea, count }) => `${count} × ${tea.name}`);
  await turn.reply(
    lines.length === 0
      ? { text: said.empty, quickReplies: choices(turn) }
      : {
          text: said.cartIs(lines.join('\n'), priceOf(totalOf(cart))),
          quickReplies: [
            { title: said.pay, payload: 'PAY' },
            { title: said.clear, payload: 'CLEAR' },
          ],
        },
  );
}

async function pay(turn: ShopTurn): Promise<void> {
  const { cart } = turn.session;
  const said = texts(turn.locale);
  if (linesOf(cart).length === 0) return showCart(turn);
  // Where a real shop books the order in its own system: once, however often the turn is run again.
  const order = (await turn.step('order', async ({ id }) => orderNumberOf(id))) ?? '';
  await turn.reply([
    {
      template: {
        type: 'receipt',
        recipientName: 'Khách của tiệm',
        orderNumber: order,
        currency: 'VND',
        paymentMethod: 'Tiền mặt',
        summary: { totalCost: totalOf(cart) },
        elements: linesOf(cart).map(({ tea, count }) => ({
          title: tea.name,
          quantity: count,
          price: tea.price * count,
        })),
      },
    },
    said.thanks(order),
  ]);
  turn.session.cart = {};
}

/** One for each order: a step's id is the same in every attempt, and no other has it. */
function orderNumberOf(stepId: string): string {
  return `TT-${createHash('sha256').update(stepId).digest('hex').slice(0, 10)}`;
}
