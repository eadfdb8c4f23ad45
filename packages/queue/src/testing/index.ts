// A queue without Redis
export { createMemoryQueue, type MemoryQueue, type MemoryQueueOptions } from './memory-queue.ts';

// Time
export { createManualClock, type ManualClock } from './manual-clock.ts';
