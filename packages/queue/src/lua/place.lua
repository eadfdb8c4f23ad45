-- Stands before the scripts that put events into lanes.

local function time_of(entry)
  return tonumber(string.match(entry, '^%-?%d+'))
end

-- An event older than the tail goes before the first waiting event that is younger. The head
-- stays the head once an attempt at it was counted: its turn may be running.
local function insert_late(lane, state, timestamp, entry)
  local first = redis.call('HEXISTS', state, 'attempts')
  local stop = redis.call('LLEN', lane) - 1
  local pivot = nil
  while stop >= first do
    local start = math.max(first, stop - 99)
    local entries = redis.call('LRANGE', lane, start, stop)
    for i = #entries, 1, -1 do
      if time_of(entries[i]) <= timestamp then
        stop = -1
        break
      end
      pivot = entries[i]
    end
    if stop >= 0 then
      stop = start - 1
    end
  end
  if pivot then
    redis.call('LINSERT', lane, 'BEFORE', pivot, entry)
  else
    redis.call('RPUSH', lane, entry)
  end
end

local function put_in_place(lane, state, timestamp, entry)
  local tail = redis.call('LINDEX', lane, -1)
  if tail and time_of(tail) > timestamp then
    insert_late(lane, state, timestamp, entry)
  else
    redis.call('RPUSH', lane, entry)
  end
end

