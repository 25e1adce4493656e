/** Albums that somebody wants to see photo by photo, by the key of their line. */
import { create } from 'zustand'

interface AlbumState {
  apart: ReadonlySet<string>
}

export const useAlbums = create<AlbumState>(() => ({ apart: new Set() }))

export function showApart(key: string): void {
  useAlbums.setState(({ apart }) => ({ apart: new Set([...apart, key]) }))
}
