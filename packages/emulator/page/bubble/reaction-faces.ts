/** The reactions that Messenger has a button for, in its order. */
export const reactionFaces = {
  love: '❤️',
  smile: '😆',
  wow: '😮',
  sad: '😢',
  angry: '😠',
  like: '👍',
  dislike: '👎',
} as const;

export type ReactionName = keyof typeof reactionFaces;

/** A Page may react with any emoji: then it is its own face. */
export function faceOf(reaction: string): string {
  if (isReactionName(reaction)) return reactionFaces[reaction];
  return reaction === 'other' ? '🙂' : reaction;
}

export function isReactionName(reaction: string): reaction is ReactionName {
  return Object.hasOwn(reactionFaces, reaction);
}
