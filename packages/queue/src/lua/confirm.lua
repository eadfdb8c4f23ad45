-- Settles steps of head events from outside of their lanes: somebody saw their effect. Needs no
-- epoch, for it says what happened and not what should.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms within which somebody must touch a lane that was woken
-- ARGV[3…] four values a confirmation: lane, '<length of the event id> <event id>', field of the lane's state, 'done <result>'
--
-- Returns a number a confirmation: 0 nothing waits for it, 1 settled, 2 settled and the lane needs
-- a wake-up, since it was waiting for this.
local base = KEYS[1]
local now, layout = now_ms(base, ARGV[1])
if not is_known(layout) then
  return mistaken(layout)
end
local touch_by = now + tonumber(ARGV[2])

local results = {}
for i = 3, #ARGV, 4 do
  local id, event, field, value = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local state = base .. ':lane-state:' .. id
  local held = redis.call('HMGET', state, field, 'until', 'due')
  local result = 0
  if held[1] and string.sub(held[1], 1, 5) ~= 'done ' then
    local head = redis.call('LINDEX', base .. ':lane:' .. id, 0)
    local _, stop = string.find(head or '', '^%-?%d+ ')
    if stop and string.sub(head, stop + 1, stop + #event) == event then
      redis.call('HSET', state, field, value)
      result = 1
      if (tonumber(held[2]) or 0) <= now and (tonumber(held[3]) or 0) > now then
        redis.call('HSET', state, 'due', 0)
        redis.call('ZADD', base .. ':waiting', touch_by, id)
        redis.call('ZADD', base .. ':ready', now, id)
        result = 2
      end
    end
  end
  results[#results + 1] = result
end
return results
