/** One's own notifications, how one wants them, and the browsers that take push messages. */
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Notice, NotificationSettings, NotificationSettingsChanges, Page } from '@/shared/api/types'

export const noticesQuery = (isUnreadOnly: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notices', isUnreadOnly],
    queryFn: ({ pageParam, signal }): Promise<Page<Notice>> =>
      call(
        api.GET('/api/notifications/', {
          params: { query: { cursor: pageParam, unread: isUnreadOnly || undefined } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
    staleTime: 0,
  })

export const noticeCountQuery = queryOptions({
  queryKey: ['notice-count'],
  queryFn: async () => (await call(api.GET('/api/notifications/count/'))).unread,
})

export const noticeSettingsQuery = queryOptions({
  queryKey: ['notice-settings'],
  queryFn: (): Promise<NotificationSettings> => call(api.GET('/api/notifications/settings/')),
  staleTime: Number.POSITIVE_INFINITY,
})

export function useReadNotices() {
  return useMutation({
    mutationFn: (body: { ids?: number[]; ticket?: number }) =>
      call(api.POST('/api/notifications/read/', { body })),
    onSuccess: ({ unread }) => noticesRead(unread),
  })
}

/** The number is known; the rows are read again only where they are on screen. */
export function noticesRead(unread: number): void {
  queryClient.setQueryData(noticeCountQuery.queryKey, unread)
  void queryClient.invalidateQueries({ queryKey: ['notices'] })
}

export function useChangeNoticeSettings() {
  return useMutation({
    mutationFn: (body: NotificationSettingsChanges) =>
      call(api.PATCH('/api/notifications/settings/', { body })),
    onSuccess: (settings) => queryClient.setQueryData(noticeSettingsQuery.queryKey, settings),
  })
}
