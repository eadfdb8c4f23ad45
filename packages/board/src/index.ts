export { addBoard, type BoardOptions } from './board.ts';
