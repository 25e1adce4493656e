/** At once the first time, then at most once per period with the last call never lost. */
export function throttled(period: number, work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  function rest(): void {
    timer = undefined
    if (!again) return
    again = false
    run()
  }
  function run(): void {
    timer = setTimeout(rest, period)
    work()
  }
  return () => {
    if (timer) again = true
    else run()
  }
}
