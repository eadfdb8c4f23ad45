-- Counts what a shard holds.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
--
-- Returns lanes that hold events, delayed events, dead letters, the ms since when the lane that waits
-- longest has been ready for a worker, and the tallies: events in lanes, turns, retries, dead.
local base = KEYS[1]
local now = now_ms(base, ARGV[1])
local since = redis.call('ZRANGE', base .. ':ready', 0, 0, 'WITHSCORES')[2]
local tallies = redis.call('HMGET', base .. ':tallies', 'events', 'turns', 'retries', 'dead')
local figures = {
  redis.call('ZCARD', base .. ':waiting'),
  redis.call('ZCARD', base .. ':delayed'),
  redis.call('ZCARD', base .. ':dead-times'),
  since and math.max(0, now - since) or 0,
}
for i = 1, 4 do
  figures[4 + i] = tonumber(tallies[i]) or 0
end
return figures
