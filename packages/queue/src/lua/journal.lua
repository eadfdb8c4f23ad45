-- Writes down how far steps of head events have come. A step that is done stays done: a
-- confirmation may have come since its turn began. A step may end after its turn; what then stands at
-- the head under the same epoch has steps of its own.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2…] five values a step: lane, epoch, which turn under it, field of the lane's state, and its
--          new value: 'sending', 'unknown', 'rejected <why>' for a step that surely did nothing, or
--          'done <result as JSON>'
--
-- Returns a value a step: 0 fenced, 1 written, for 'sending' the length of the lane (1 or more), or
-- the field's value when it was done before.
local base = KEYS[1]
local now = now_ms(base, ARGV[1])

local results = {}
for i = 2, #ARGV, 5 do
  local state, field, value = base .. ':lane-state:' .. ARGV[i], ARGV[i + 3], ARGV[i + 4]
  local held = redis.call('HMGET', state, 'epoch', 'turn', field)
  local result = 0
  if held[1] == ARGV[i + 1] and held[2] == ARGV[i + 2] then
    result = 1
    if held[3] and string.sub(held[3], 1, 5) == 'done ' then
      result = held[3]
    elseif value == 'sending' then
      redis.call('HSET', state, field, 'sending ' .. now)
      result = math.max(1, redis.call('LLEN', base .. ':lane:' .. ARGV[i]))
    elseif value == 'unknown' then
      -- Since when it has been under way stays.
      redis.call('HSET', state, field, (string.gsub(held[3] or '', '^sending', 'unknown')))
    else
      redis.call('HSET', state, field, value)
    end
  end
  results[#results + 1] = result
end
return results
