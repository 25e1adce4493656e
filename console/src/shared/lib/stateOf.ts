/**
 * State that belongs to one row, as a conversation. The header and the composer stay on the page when another one is
 * opened, for drawing them anew takes long; what was begun in them must not stay with them.
 */
import { type SetStateAction, useCallback, useMemo, useState } from 'react'

type Initial<Value> = Value | (() => Value)
type SetStateOf<Value> = (next: SetStateAction<Value>) => void

/** Begins anew with each row. Who sets it late, for a row that was left, sets nothing. */
export function useStateOf<Value>(row: number, initial: Initial<Value>): [Value, SetStateOf<Value>] {
  const [kept, setKept] = useState(() => ({ row, value: firstOf(initial) }))
  const current = kept.row === row ? kept : { row, value: firstOf(initial) }
  if (current !== kept) setKept(current)
  const set = useCallback<SetStateOf<Value>>(
    (next) => setKept((before) => (before.row === row ? { row, value: after(before.value, next) } : before)),
    [row],
  )
  return [current.value, set]
}

/** A box for each row: whoever tidies up after a row finds what was last put in for that one. */
export function useBoxOf<Value>(row: number, first: Value): { current: Value } {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row, another box
  return useMemo(() => ({ current: first }), [row])
}

function firstOf<Value>(initial: Initial<Value>): Value {
  return typeof initial === 'function' ? (initial as () => Value)() : initial
}

function after<Value>(before: Value, next: SetStateAction<Value>): Value {
  return typeof next === 'function' ? (next as (before: Value) => Value)(before) : next
}
