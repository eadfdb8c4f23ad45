import type { ShardMoveState } from '@bot/queue';
import { type Context, TroubleError, type Verdict, withQueue } from './context.ts';
import { count, formatDuration } from './events.ts';

/** `bot move-shards` */
export function moveShards(context: Context): Promise<Verdict> {
  return withQueue(context, async ({ shardMove }) => {
    if (shardMove === undefined) {
      throw new TroubleError(
        'QUEUE_SHARDS_NEXT is not set: give it to every webhook and worker first, see docs/more-shards.md.',
      );
    }
    const state = await shardMove.advance(context.signal);
    context.output.show(state, () => linesOf(state));
    return state.kind === 'over' ? 'well' : 'trouble';
  });
}

function linesOf(state: ShardMoveState): string[] {
  if (state.kind === 'over') {
    return ['It is over: QUEUE_SHARDS may become what QUEUE_SHARDS_NEXT is.'];
  }
  if (state.kind === 'remembering') {
    const left = formatDuration(state.leftMs);
    return [
      `All have moved. Only the old shards know some events that may come again for ${left} yet.`,
      'Leave the variables as they are, and run this again after that.',
    ];
  }
  return [
    'Still in their old shards:',
    `  Lanes:         ${state.lanes}`,
    `  For later:     ${count(state.delayedEvents, 'event')}`,
    `  Dead letters:  ${state.deadLetters}`,
    'A lane moves once its events are handled. Run this again.',
  ];
}
