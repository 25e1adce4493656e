/** Saves an answer of the API as a file; a plain link could not carry the token. */
export async function download(answer: Promise<{ data?: unknown; response: Response }>, name: string) {
  const { data, response } = await answer
  if (!response.ok) return response
  const address = URL.createObjectURL(data as Blob)
  const link = document.createElement('a')
  link.href = address
  link.download = nameIn(response.headers.get('Content-Disposition')) ?? name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
  return response
}

function nameIn(header: string | null): string | undefined {
  return /filename="([^"]+)"/.exec(header ?? '')?.[1]
}
