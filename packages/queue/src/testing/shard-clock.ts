/** As in `lua/clock.lua`. */
const LEAP_MS = 60_000;

/** A shard's time: that of `wall`, but it never goes back by more than 100 ms. */
export function createShardClock(wall: () => number): () => number {
  let last = 0;
  let ahead = 0;
  return () => {
    const given = wall();
    let now = given;
    if (given < last) {
      const passed = given - (last - ahead);
      now = passed > LEAP_MS ? last : Math.max(given + ahead, last);
    }
    if (now - last >= 100 || now - given !== ahead) {
      last = now;
      ahead = now - given;
    }
    return now;
  };
}
