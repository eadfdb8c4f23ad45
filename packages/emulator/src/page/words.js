import { text } from './strings.js';

/** Texts, times and days in one language. */
export function createWords(language) {
  const format = (options) => new Intl.DateTimeFormat(language, options);
  const clock = format({ hour: '2-digit', minute: '2-digit', hour12: false });
  const date = format({ day: 'numeric', month: 'numeric' });
  const fullDate = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const daysAgo = (time) => {
    const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);
    return Math.round((midnight(Date.now()) - midnight(time)) / 86_400_000);
  };
  return {
    language,
    text: (name, values) => text(language, name, values),
    money: (amount, currency) =>
      new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount),
    clock: (time) => clock.format(time),
    /** Short, for the list: the hour today, the date before. */
    time: (time) => (daysAgo(time) === 0 ? clock : date).format(time),
    /** For the line between two days. */
    day(time) {
      const name = ['today', 'yesterday'][daysAgo(time)];
      return name === undefined ? fullDate.format(time) : text(language, name);
    },
  };
}
