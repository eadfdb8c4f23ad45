-- Makes lanes due that wait for another attempt at their head: those among one part of the lanes that
-- hold events. The head, its attempts and its steps stay. A lane under a lease, and one that is due
-- already, are left as they are.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms within which somebody must touch a lane that was made due
-- ARGV[3]  how the ids of the lanes begin
-- ARGV[4]  which part: what the script answered before, 0 for the first
-- ARGV[5]  about how many lanes a part has
--
-- Returns which part is next, '0' when there is none, and the lanes made due, which need a wake-up.
local base = KEYS[1]
local waiting, ready = base .. ':waiting', base .. ':ready'
local now = now_ms(base, ARGV[1])
local since, touch_by = digits(now), digits(now + ARGV[2])
local beginning = ARGV[3]

local part = redis.call('ZSCAN', waiting, ARGV[4], 'COUNT', ARGV[5])
local hastened = {}
for i = 1, #part[2], 2 do
  local id = part[2][i]
  if string.sub(id, 1, #beginning) == beginning then
    local state = base .. ':lane-state:' .. id
    -- Whoever takes a lane clears its due time, so a lane under a lease has none.
    if tonumber(redis.call('HGET', state, 'due') or 0) > now then
      redis.call('HSET', state, 'due', 0)
      redis.call('ZADD', waiting, touch_by, id)
      redis.call('ZADD', ready, since, id)
      hastened[#hastened + 1] = id
    end
  end
end
return { part[1], hastened }
