export { drive, type Person } from './drive.ts';
