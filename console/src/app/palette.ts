/** The palette's own switch, apart from the component so that it can be opened as soon as it is loaded. */
import { createSpotlight } from '@mantine/spotlight'

export const [spotlightStore, spotlight] = createSpotlight()
