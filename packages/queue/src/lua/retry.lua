-- Gives lanes back until their time has come. The head event, its attempts and its steps stay;
-- new events of the lane queue up behind it.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms after the due time within which somebody must touch the lane
-- ARGV[3…] six values a lane: lane, epoch, delay in ms, '1' to count the attempt, '0' to take
--          the count back, how many of the last attempts ended without a word, what went wrong
--          ('' when nothing did)
--
-- Returns a number a lane: 0 fenced, 1 given back.
local base = KEYS[1]
local now = now_ms(base, ARGV[1])

local results, retries = {}, 0
for i = 3, #ARGV, 6 do
  local id = ARGV[i]
  local state = base .. ':lane-state:' .. id
  local result = 0
  if redis.call('HGET', state, 'epoch') == ARGV[i + 1] then
    local due = now + tonumber(ARGV[i + 2])
    -- The epoch goes with the lease, so that this script sent twice changes nothing twice.
    redis.call('HDEL', state, 'epoch')
    redis.call('HSET', state, 'until', 0, 'due', due, 'lost', ARGV[i + 4])
    if ARGV[i + 5] ~= '' then
      redis.call('HSET', state, 'failure:' .. redis.call('HGET', state, 'attempts'), ARGV[i + 5])
      retries = retries + 1
    end
    if ARGV[i + 3] == '0' then
      redis.call('HINCRBY', state, 'attempts', -1)
    end
    redis.call('ZADD', base .. ':waiting', due + tonumber(ARGV[2]), id)
    redis.call('ZADD', base .. ':ready', due, id)
    result = 1
  end
  results[#results + 1] = result
end
tally(base, 'retries', retries)
return results
