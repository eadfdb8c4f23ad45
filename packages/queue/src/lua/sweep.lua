-- Finds lanes that nobody touched in time: a lost job, a dead worker, a restored backup.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms within which somebody must touch the lanes found, before they are found again
-- ARGV[3]  how many lanes at the most
--
-- Returns the lanes that need a wake-up.
local base = KEYS[1]
local waiting = base .. ':waiting'
local now = now_ms(ARGV[1])

local found = redis.call('ZRANGEBYSCORE', waiting, '-inf', now, 'LIMIT', 0, tonumber(ARGV[3]))
for _, id in ipairs(found) do
  redis.call('ZADD', waiting, now + tonumber(ARGV[2]), id)
end
return found
