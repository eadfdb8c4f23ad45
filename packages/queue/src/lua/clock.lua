-- Stands before every script.

-- A number as Redis is to have it; left to itself it writes the digits again for every command.
local function digits(number)
  return string.format('%.0f', number)
end

-- One command for all of these, which there may be none of: each costs more than what it does.
local function each(command, key, values)
  if #values > 0 then
    redis.call(command, key, unpack(values))
  end
end

-- A shard's time in milliseconds since 1970: the caller's when it brings its own, else this
-- server's, so that machines need not agree. It never goes back by more than 100 ms: when the clock
-- is set back, or a server with a slower one takes over, it goes on from where it was. Otherwise a
-- lease or a pause would last longer by as much. Whoever works asks every second or so: when the wall
-- clock went on by more than a minute between two questions it was probably put right, and what it
-- was behind must not be added on top.
--
-- Answers also over how many shards the lanes are spread, which stands there to be read on the way; see
-- layout.lua.
local LEAP = 60000

local function now_ms(base, given)
  local wall = tonumber(given)
  if given == '0' then
    local time = redis.call('TIME')
    wall = time[1] * 1000 + math.floor(time[2] / 1000)
  end
  local key = base .. ':clock'
  local held = redis.call('HMGET', key, 'last', 'ahead', 'layout')
  local last, ahead = tonumber(held[1]) or 0, tonumber(held[2]) or 0
  local now = wall
  if wall < last then
    local passed = wall - (last - ahead)
    now = passed > LEAP and last or math.max(wall + ahead, last)
  end
  if now - last >= 100 or now - wall ~= ahead then
    redis.call('HSET', key, 'last', now, 'ahead', now - wall)
  end
  return now, held[3]
end

