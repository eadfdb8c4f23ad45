-- Grants leases on lanes. The attempt at the head event is counted here, before it runs, so
-- that an event which kills the process is counted too.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  length of a lease in ms
-- ARGV[3…] lanes
--
-- Returns a list a lane: {0} empty, {1, epoch, attempts, head entry, state fields and values, now},
-- {2} in other hands, {3} not due yet.
local base = KEYS[1]
local waiting = base .. ':waiting'
local now = now_ms(ARGV[1])
local deadline = now + tonumber(ARGV[2])

local results = {}
for i = 3, #ARGV do
  local id = ARGV[i]
  local lane = base .. ':lane:' .. id
  local state = base .. ':lane-state:' .. id
  local held = redis.call('HMGET', state, 'until', 'due')
  local result
  if (tonumber(held[1]) or 0) > now then
    result = { 2 }
  elseif (tonumber(held[2]) or 0) > now then
    result = { 3 }
  else
    local head = redis.call('LINDEX', lane, 0)
    if not head then
      redis.call('ZREM', waiting, id)
      redis.call('DEL', state)
      result = { 0 }
    else
      -- One counter for the shard: an epoch is never granted twice, though a lane's state is
      -- dropped whenever the lane is empty.
      local epoch = redis.call('INCR', base .. ':epoch')
      local attempts = redis.call('HINCRBY', state, 'attempts', 1)
      redis.call('HSET', state, 'epoch', epoch, 'until', deadline, 'due', 0)
      redis.call('ZADD', waiting, deadline, id)
      result = { 1, epoch, attempts, head, redis.call('HGETALL', state), now }
    end
  end
  results[#results + 1] = result
end
return results
