/** A page that is fetched when it is gone to; where the line is down, one stays where one is until it is back. */
import { lazyRouteComponent } from '@tanstack/react-router'
import { fetched } from '@/shared/lib/later'

export const page: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => fetched(load), name)
