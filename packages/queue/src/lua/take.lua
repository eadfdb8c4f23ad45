-- Grants leases on lanes. The attempt at the head event is counted here, before it runs, so
-- that an event which kills the process is counted too.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  length of a lease in ms
-- ARGV[3]  who takes, random
-- ARGV[4…] two values a lane: lane, and how many of the last attempts at its head may have ended
--          without a word for it to be granted
--
-- Returns a list a lane: {0} empty, {1, epoch, attempts, lost, head entry, now, state} granted,
-- {2} in other hands, {3} not due yet, {4, lost} too many attempts ended without a word.
local base = KEYS[1]
local waiting, ready = base .. ':waiting', base .. ':ready'
local now = now_ms(base, ARGV[1])
local deadline = digits(now + ARGV[2])

-- One counter for the shard, since a lane's state is dropped whenever the lane is empty.
local counter = base .. ':epoch'
local counted = tonumber(redis.call('GET', counter)) or 0
local granted = 0

local results, held_until, no_longer_ready, empty = {}, {}, {}, {}
for i = 4, #ARGV, 2 do
  local id = ARGV[i]
  local lane = base .. ':lane:' .. id
  local state = base .. ':lane-state:' .. id
  local held = redis.call('HMGET', state, 'until', 'due', 'lost', 'attempts')
  local lost = tonumber(held[3]) or 0
  local result
  if (tonumber(held[1]) or 0) > now then
    result = { 2 }
  elseif (tonumber(held[2]) or 0) > now then
    result = { 3 }
  elseif lost > tonumber(ARGV[i + 1]) then
    result = { 4, lost }
  else
    local head = redis.call('LINDEX', lane, 0)
    if not head then
      empty[#empty + 1] = id
      no_longer_ready[#no_longer_ready + 1] = id
      redis.call('DEL', state)
      result = { 0 }
    else
      -- The taker's part keeps epochs apart when a restored Redis counts some numbers again.
      granted = granted + 1
      local epoch = digits(counted + granted) .. ':' .. ARGV[3]
      local attempts = (tonumber(held[4]) or 0) + 1
      lost = lost + 1
      local earlier = held[3] and redis.call('HGETALL', state) or {}
      redis.call('HSET', state, 'epoch', epoch, 'turn', '1', 'until', deadline, 'due', '0',
        'attempts', attempts, 'lost', lost)
      held_until[#held_until + 1] = deadline
      held_until[#held_until + 1] = id
      no_longer_ready[#no_longer_ready + 1] = id
      result = { 1, epoch, attempts, lost, head, now, earlier }
    end
  end
  results[#results + 1] = result
end
if granted > 0 then
  redis.call('SET', counter, digits(counted + granted))
end
each('ZADD', waiting, held_until)
each('ZREM', waiting, empty)
each('ZREM', ready, no_longer_ready)
return results
