/** What the screens of the automatic answers read and write; hours and menus themselves are in shared/directory. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { Hours, Menu } from '@/shared/api/types'
import { dropHours, dropMenus, putHours, putMenus } from '@/shared/directory/queries'
import type { DraftOption } from './tree'

export type OptionValues = Record<string, unknown>

/** The same address and key as the other settings: whoever writes it, all see it. */
export const optionsQuery = queryOptions({
  queryKey: ['company', 'settings'],
  queryFn: async () => (await call(api.GET('/api/company/settings/'))) as OptionValues,
})

export function useChangeOptions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: OptionValues) => call(api.PATCH('/api/company/settings/', { body })),
    onSuccess: (values) => client.setQueryData(optionsQuery.queryKey, values as OptionValues),
  })
}

export type Week = Hours['weekly']
export interface HoursValues {
  name: string
  timezone: string
  weekly: Week
  holidays: Hours['holidays']
}

export function useSaveHours(hours: Hours | null) {
  return useMutation({
    mutationFn: (body: HoursValues) =>
      hours
        ? call(api.PATCH('/api/hours/{id}/', { params: { path: { id: hours.id } }, body }))
        : call(api.POST('/api/hours/', { body })),
    onSuccess: (saved) => putHours([saved]),
  })
}

export function useDeleteHours() {
  return useMutation({
    mutationFn: (hours: Hours) =>
      call(api.DELETE('/api/hours/{id}/', { params: { path: { id: hours.id } } })),
    onSuccess: (_nothing, hours) => dropHours([hours]),
  })
}

export interface MenuValues {
  name: string
  text: string
  options: DraftOption[]
}

export function useSaveMenu(menu: Menu | null) {
  return useMutation({
    mutationFn: ({ options, ...rest }: MenuValues) => {
      const body = { ...rest, options: options.map(written) }
      if (menu) return call(api.PATCH('/api/menus/{id}/', { params: { path: { id: menu.id } }, body }))
      return call(api.POST('/api/menus/', { body }))
    },
    onSuccess: (saved) => putMenus([saved]),
  })
}

export function useDeleteMenu() {
  return useMutation({
    mutationFn: (menu: Menu) => call(api.DELETE('/api/menus/{id}/', { params: { path: { id: menu.id } } })),
    onSuccess: (_nothing, menu) => dropMenus([menu]),
  })
}

export interface Step {
  said: string | null
  path: string[]
  tries: number
}

/** One step of an invented customer through the menu as it is on screen. */
export function useWalk(values: MenuValues) {
  return useMutation({
    mutationFn: (step: Step) =>
      call(
        api.POST('/api/menus/walk/', {
          body: { text: values.text, options: values.options.map(written), ...step },
        }),
      ),
  })
}

/** Files go as ids. */
function written({ files, options, ...rest }: DraftOption): Written {
  return { ...rest, files: files.map(({ id }) => id), options: options.map(written) }
}

type Written = Omit<DraftOption, 'files' | 'options'> & { files: number[]; options: Written[] }
