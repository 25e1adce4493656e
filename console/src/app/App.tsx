/** Providers around the router. */
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { queryClient } from '@/shared/api/queryClient'
import { LiveRegion } from '@/shared/ui/announce'
import { styleNonce } from './boot'
import { router } from './routes'
import { cssVariables, theme } from './theme'

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
      </MantineProvider>
    </QueryClientProvider>
  )
}
