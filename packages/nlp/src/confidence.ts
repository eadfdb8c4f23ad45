/**
 * How often the likeliest guess was right, by the network's score for it, in a cross-validation over
 * examples/support/examples.json; straight lines between.
 */
const RIGHT_BY_SCORE = [
  [0, 0],
  [0.22, 0.3],
  [0.32, 0.6],
  [0.42, 0.72],
  [0.55, 0.86],
  [0.7, 0.96],
  [1, 1],
] as const;

/** From 0 to 1: of the guesses with this confidence, about this share is right. */
export function confidenceOf(score: number): number {
  let [lowScore, low] = [0, 0];
  for (const [highScore, high] of RIGHT_BY_SCORE) {
    if (score < highScore) {
      return low + ((high - low) * (score - lowScore)) / (highScore - lowScore);
    }
    [lowScore, low] = [highScore, high];
  }
  return 1;
}
