import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../support/source.js';
import { reportsOf } from '../../facts/support.js';
import { callsIn } from './calls-of.js';

const SUPABASE = "import { createClient } from '@supabase/supabase-js'; const supabase = createClient(url, key);";

describe('what its calls do', () => {
  it.each([
    ['rows', "const { data } = await supabase.from('t').select('*').eq('id', id);", ['read data[0] undefined']],
    ['a row or none', "const { data } = await supabase.from('t').select('*').eq('id', id).maybeSingle();", ['read data null']],
    ['a row, or an error', "const { data, error } = await supabase.from('t').select('*').eq('id', id).single();", ['read']],
    ['an insert', "await supabase.from('t').insert({ a: 1 });", ['write']],
    ['an insert that answers', "await supabase.from('t').insert({ a: 1 }).select().single();", ['write']],
    ['a function', "await supabase.rpc('f', { a: 1 });", ['unknown']],
    ['another schema', "await supabase.schema('s').from('t').delete().eq('id', id);", ['write']],
    ['a client that is handed in', "import type { SupabaseClient } from '@supabase/supabase-js'; const f = async (db: SupabaseClient) => await db.from('t').select();", ['read data[0] undefined']],
    ['PostgREST alone', "import { PostgrestClient } from '@supabase/postgrest-js'; await new PostgrestClient(url).from('t').select();", ['read data[0] undefined']],
  ])('%s', (_, code, expected) => expect(callsIn(`${SUPABASE}\n${code}`)).toEqual(expected));
});

describe('what bounds them', () => {
  const reports = (options: string, call = ''): number =>
    reportsOf(sourceOf(`import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient(url, key${options});\nexport const load = async () => await supabase.from('t').select('*')${call};`)).length;

  it.each([
    ['nothing', '', '', 1],
    ['the client', ', { db: { timeout: 5000 } }', '', 0],
    ['a schema alone', ", { db: { schema: 's' } }", '', 1],
    ['a signal', '', '.abortSignal(AbortSignal.timeout(5000))', 0],
    ['a fetch of its own', ', { global: { fetch: slow } }', '', 0],
    ['options that are not known', ', load()', '', 0],
  ])('%s', (_, options, call, expected) => expect(reports(options, call)).toBe(expected));
});
