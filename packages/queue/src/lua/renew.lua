-- Lengthens leases.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  length of a lease in ms
-- ARGV[3…] two values a lane: lane, epoch
--
-- Returns a number a lane: 0 fenced, 1 renewed.
local base = KEYS[1]
local now = now_ms(base, ARGV[1])
local deadline = now + tonumber(ARGV[2])

local results = {}
for i = 3, #ARGV, 2 do
  local state = base .. ':lane-state:' .. ARGV[i]
  local result = 0
  if redis.call('HGET', state, 'epoch') == ARGV[i + 1] then
    redis.call('HSET', state, 'until', deadline)
    redis.call('ZADD', base .. ':waiting', deadline, ARGV[i])
    -- A sweep may have found it while its holder stalled.
    redis.call('ZREM', base .. ':ready', ARGV[i])
    result = 1
  end
  results[#results + 1] = result
end
return results
