-- Removes head events that were handled, or buries them as dead letters, and goes on.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms within which somebody must touch a lane that was given back
-- ARGV[3…] six values a lane: lane, epoch, beginning of the head entry, event id,
--          what is known of a dead letter ('' when the event was handled), 'take' the next event or 'release' the lane
--
-- Returns a list a lane: {0} fenced, {1} lane is empty, {2, head entry} the next event, its
-- first attempt counted and the lease as it was, {3} given back with events waiting, as asked or
-- because the lease has ended.
local base = KEYS[1]
local waiting, ready = base .. ':waiting', base .. ':ready'
local now = now_ms(base, ARGV[1])
local since, touch_by = digits(now), digits(now + ARGV[2])

local results, turns, dead = {}, 0, 0
for i = 3, #ARGV, 6 do
  local id, epoch, beginning = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local lane = base .. ':lane:' .. id
  local state = base .. ':lane-state:' .. id
  local result
  local held = redis.call('HMGET', state, 'epoch', 'until')
  if held[1] ~= epoch then
    result = { 0 }
  else
    -- A client that lost the answer sends the script again: by then the head is the next event,
    -- which nobody has handled.
    local head = redis.call('LINDEX', lane, 0)
    if head and string.sub(head, 1, #beginning) == beginning then
      redis.call('LPOP', lane)
      redis.call('DEL', state)
      if ARGV[i + 4] == '' then
        turns = turns + 1
      else
        dead = dead + 1
        redis.call('HSET', base .. ':dead-letters', ARGV[i + 3], ARGV[i + 4])
        redis.call('HSET', base .. ':dead-events', ARGV[i + 3], cjson.encode({ id, head }))
        redis.call('ZADD', base .. ':dead-times', since, ARGV[i + 3])
      end
      head = redis.call('LINDEX', lane, 0)
    end
    if not head then
      redis.call('ZREM', waiting, id)
      redis.call('ZREM', ready, id)
      redis.call('DEL', state)
      result = { 1 }
    elseif ARGV[i + 5] == 'release' or tonumber(held[2]) <= now then
      redis.call('DEL', state)
      redis.call('ZADD', waiting, touch_by, id)
      redis.call('ZADD', ready, since, id)
      result = { 3 }
    else
      redis.call('HSET', state, 'epoch', epoch, 'until', held[2], 'attempts', '1', 'lost', '1')
      result = { 2, head }
    end
  end
  results[#results + 1] = result
end
tally(base, 'events', -turns - dead)
tally(base, 'turns', turns)
tally(base, 'dead', dead)
return results
