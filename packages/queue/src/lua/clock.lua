-- Stands before every script.

-- Milliseconds since 1970: the caller's when it brings its own time, else this server's, so that
-- machines need not agree.
local function now_ms(given)
  if given ~= '0' then
    return tonumber(given)
  end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

