// Forgetting people
export { withForgetting, type WithForgettingOptions } from './with-forgetting.ts';
export { createForgetting, type Forget, type ForgettingOptions } from './forgetting.ts';
export type { GraphPage } from './person-lanes.ts';
export { isDeletion, type Deletion } from '../deletion.ts';

// What became of their wishes
export {
  createDeletionRecords,
  type DeletionRecords,
  type DeletionState,
  type RecordCommands,
} from '../records.ts';
