-- Puts events that were not seen before into their lanes, each at its place in time.
--
-- KEYS[1]  the shard's prefix, e.g. {bot:0}
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms within which somebody must touch a lane that was woken
-- ARGV[3]  ms for which an accepted id is remembered
-- ARGV[4…] five values an event: lane, name of its "seen" set, hash of its id, timestamp, entry
--
-- Returns a number an event: 0 duplicate, 1 accepted, plus 2 when the lane needs a wake-up.
local base = KEYS[1]
local waiting = base .. ':waiting'
local now = now_ms(ARGV[1])
local touch_by = now + tonumber(ARGV[2])

local results = {}
for i = 4, #ARGV, 5 do
  local id = ARGV[i]
  local lane = base .. ':lane:' .. id
  local state = base .. ':lane-state:' .. id
  local seen = base .. ':seen:' .. ARGV[i + 1]
  local result = 0
  if redis.call('SADD', seen, ARGV[i + 2]) == 1 then
    redis.call('PEXPIRE', seen, ARGV[3])
    put_in_place(lane, state, tonumber(ARGV[i + 3]), ARGV[i + 4])
    result = 1
    if redis.call('ZADD', waiting, 'NX', touch_by, id) == 1 then
      result = 3
    end
  elseif redis.call('ZSCORE', waiting, id) then
    -- The first attempt may have died between accept and wake-up: wake again, unless the lane
    -- is in somebody's hands or waits for its time.
    local held = redis.call('HMGET', state, 'until', 'due')
    if (tonumber(held[1]) or 0) <= now and (tonumber(held[2]) or 0) <= now then
      result = 2
    end
  end
  results[#results + 1] = result
end
return results
