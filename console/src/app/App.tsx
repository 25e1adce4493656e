/** Providers around the router. */
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Suspense } from 'react'
import { queryClient } from '@/shared/api/queryClient'
import { styleNonce } from '@/shared/boot'
import { later } from '@/shared/lib/later'
import { LiveRegion } from '@/shared/ui/announce'
import { HintLayer } from '@/shared/ui/Hint'
import { router } from './routes'
import { cssVariables, theme } from './theme'

const Toasts = later(() => import('./Toasts'), 'Toasts')

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => styleNonce}
      >
        <RouterProvider router={router} />
        <LiveRegion />
        <HintLayer />
        <Suspense>
          <Toasts />
        </Suspense>
      </MantineProvider>
    </QueryClientProvider>
  )
}
