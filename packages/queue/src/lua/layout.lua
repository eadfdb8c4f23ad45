-- Writes down over how many shards the lanes are spread, unless something else is written.
--
-- KEYS[1]  the prefix of a shard
-- ARGV[1]  '<count>', or '<count>><next>' while lanes move
-- ARGV[2…] what it may take the place of, '' for nothing
--
-- Returns what is written now.
local key = KEYS[1] .. ':clock'
local held = redis.call('HGET', key, 'layout') or ''
for i = 2, #ARGV do
  if ARGV[i] == held then
    redis.call('HSET', key, 'layout', ARGV[1])
    return ARGV[1]
  end
end
return held
