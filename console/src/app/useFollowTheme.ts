/** The theme follows the person from device to device. */
import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { useMe } from '@/shared/session/store'

export function useFollowTheme(): void {
  const { setColorScheme } = useMantineColorScheme()
  const { theme } = useMe().user
  useEffect(() => setColorScheme(theme), [theme, setColorScheme])
}
