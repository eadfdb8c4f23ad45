// All of it
export { openHistory, type KeptHistory, type OpenHistoryOptions } from './open-history.ts';

// Noting
export {
  createRecorder,
  type RecordedOutcome,
  type RecordedTurn,
  type Recorder,
  type RecorderOptions,
} from './recorder.ts';
export type { HistoryEvent } from './event-records.ts';
export type { Step } from './replies.ts';
export type { HistoryRedis, StreamOptions } from './streams.ts';

// Writing
export {
  createHistoryWriter,
  type HistoryFigures,
  type HistoryWriter,
  type HistoryWriterOptions,
} from './writer.ts';

// Reading
export { createHistory, type History, type HistoryOptions } from './history.ts';
export type {
  ConversationHistory,
  FoundConversation,
  FoundMessages,
  LastOptions,
} from './conversation.ts';
export type { HistoryMessage } from './message.ts';
export type { FoundHits, HistoryHit, SearchOptions } from './search.ts';
export type { Unavailable } from './reading.ts';
export { createTurnHistory, type TurnRequest } from './turn-history.ts';
export { createReports, type Reports, type ReportsOptions } from './reports.ts';
export type { Person } from './person.ts';

// The database
export {
  databaseUrlRule,
  openDatabase,
  type DatabaseOptions,
  type HistoryDatabase,
  type Row,
  type Statements,
  type Transaction,
} from './database.ts';
export { sql, type Sql, type Statement } from './statement.ts';

// What is told
export type { HistoryObserver } from './observer.ts';
export type { Clock } from './clock.ts';

// Errors
export { HistoryError, type HistoryErrorKind } from './errors.ts';
