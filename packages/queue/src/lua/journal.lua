-- Writes down how far steps of head events have come.
--
-- KEYS[1]  the shard's prefix
-- ARGV     four values a step: lane, epoch, field of the lane's state, value
--
-- Returns a number a step: 0 fenced, 1 written.
local base = KEYS[1]
local results = {}
for i = 1, #ARGV, 4 do
  local state = base .. ':lane-state:' .. ARGV[i]
  local result = 0
  if redis.call('HGET', state, 'epoch') == ARGV[i + 1] then
    redis.call('HSET', state, ARGV[i + 2], ARGV[i + 3])
    result = 1
  end
  results[#results + 1] = result
end
return results
