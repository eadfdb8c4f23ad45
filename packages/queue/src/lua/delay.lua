-- Keeps events that were not seen before until their time has come; a sweep then puts them into
-- their lanes.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms for which an accepted id is remembered, counted from the time the event is due
-- ARGV[3…] six values an event: lane, three that say where its id is remembered, ms to wait, entry
--
-- Returns a number an event: 0 duplicate, 1 accepted, 2 when its lane has left and nobody has seen it here.
local base = KEYS[1]
local now, layout = now_ms(base, ARGV[1])
if not is_known(layout) then
  return mistaken(layout)
end

local results = {}
for i = 3, #ARGV, 6 do
  local id, set, member, path, wait = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  local result = 0
  -- By its id alone: an event added again with another timestamp is remembered elsewhere, and must not
  -- take the place of the first.
  local waits = redis.call('HEXISTS', base .. ':delayed-events', member) == 1
  if not waits and has_left(base, layout, id) then
    result = knows(base, set, member, path) and 0 or 2
  elseif not waits and remember(base, set, member, path, ARGV[2] + wait) then
    -- From here on the event happens when it is due.
    local due = now + wait
    local entry = string.gsub(ARGV[i + 5], '^%-?%d+', digits(due))
    redis.call('HSET', base .. ':delayed-events', member, cjson.encode({ id, set, path, entry }))
    redis.call('ZADD', base .. ':delayed', due, member)
    result = 1
  end
  results[#results + 1] = result
end
return results
