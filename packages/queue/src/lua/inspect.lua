-- Looks at one lane.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  lane
--
-- Returns the number of events, now, and the lane's state as fields and values.
local base = KEYS[1]
local now = now_ms(base, ARGV[1])
return {
  redis.call('LLEN', base .. ':lane:' .. ARGV[2]),
  now,
  redis.call('HGETALL', base .. ':lane-state:' .. ARGV[2]),
}
