// The callbacks
export { addPrivacy, type PrivacyOptions } from './add-privacy.ts';

// What became of them
export {
  createDeletionRecords,
  type DeletionRecords,
  type DeletionState,
  type RecordCommands,
} from '../records.ts';
