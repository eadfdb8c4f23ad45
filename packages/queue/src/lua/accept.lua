-- Puts events that were not seen before into their lanes, each at its place in time.
--
-- KEYS[1]  the shard's prefix, e.g. {bot:0}
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms within which somebody must touch a lane that was woken
-- ARGV[3]  ms for which an accepted id is remembered
-- ARGV[4…] six values an event: lane, three that say where its id is remembered, timestamp, entry
--
-- Returns a number an event: 0 duplicate, 1 accepted, plus 2 when the lane needs a wake-up; 4 when its
-- lane has left this shard and nobody has seen it here.
local base = KEYS[1]
local now, layout = now_ms(base, ARGV[1])
if not is_known(layout) then
  return mistaken(layout)
end
local leave = may_leave(layout)
local since, touch_by = digits(now), digits(now + ARGV[2])

local waits, ids = {}, {}
for i = 4, #ARGV, 6 do
  ids[#ids + 1] = ARGV[i]
end
for i, score in ipairs(redis.call('ZMSCORE', base .. ':waiting', unpack(ids))) do
  waits[ids[i]] = score
end

local results, accepted, touched_by, ready_since = {}, 0, {}, {}
for i = 4, #ARGV, 6 do
  local id = ARGV[i]
  local state = base .. ':lane-state:' .. id
  local result = 0
  if leave and not waits[id] then
    result = knows(base, ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]) and 0 or 4
  elseif remember(base, ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[3]) then
    local lane = base .. ':lane:' .. id
    accepted = accepted + 1
    if waits[id] then
      put_in_place(lane, state, tonumber(ARGV[i + 4]), ARGV[i + 5])
      result = 1
    else
      redis.call('RPUSH', lane, ARGV[i + 5])
      waits[id] = touch_by
      touched_by[#touched_by + 1] = touch_by
      touched_by[#touched_by + 1] = id
      ready_since[#ready_since + 1] = since
      ready_since[#ready_since + 1] = id
      result = 3
    end
  elseif waits[id] then
    -- The first attempt may have died between accept and wake-up: wake again, unless the lane
    -- is in somebody's hands or waits for its time.
    local held = redis.call('HMGET', state, 'until', 'due')
    if (tonumber(held[1]) or 0) <= now and (tonumber(held[2]) or 0) <= now then
      result = 2
    end
  end
  results[#results + 1] = result
end
each('ZADD', base .. ':waiting', touched_by)
each('ZADD', base .. ':ready', ready_since)
tally(base, 'events', accepted)
return results
