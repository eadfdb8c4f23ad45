// What a bot builds its messages with: no I/O, no HTTP client
export { splitText } from '../split-text.ts';
