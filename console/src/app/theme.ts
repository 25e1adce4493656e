/** Dresses the component library in our tokens. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#eafaf6',
  '#d5f2ea',
  '#aee4d7',
  '#83d5c3',
  '#4fc3b0',
  '#2aa695',
  '#16897d',
  '#0f766e',
  '#0b5f59',
  '#084944',
]

/** Ours has the exact danger tone at the shade that buttons take. */
const red: MantineColorsTuple = [
  '#fdecea',
  '#fbd5d1',
  '#f6aaa2',
  '#f07d71',
  '#e55647',
  '#d23c2c',
  '#c22d1e',
  '#b42318',
  '#951c13',
  '#78150e',
]

/** The library's dark greys, in the tone of our surfaces: text … border … panel … canvas. */
const dark: MantineColorsTuple = [
  '#e6edee',
  '#c3ced1',
  '#9fb0b5',
  '#6b7c82',
  '#2a3437',
  '#222b2e',
  '#1c2426',
  '#171d1f',
  '#101516',
  '#0b0f10',
]

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 7,
  colors: { teal, red, dark },
  fontFamily: 'var(--hd-font)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '10px', xl: '16px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '18px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } },
  },
  breakpoints: { xs: '30em', sm: '45em', md: '62em', lg: '75em', xl: '90em' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 600 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    // Dialogs are fixed to the window, wherever in the page they are written.
    Modal: {
      defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.45, blur: 0 } },
      styles: { inner: { left: 0 }, title: { fontSize: 16, fontWeight: 650 } },
    },
    Drawer: {
      defaultProps: { position: 'right', overlayProps: { backgroundOpacity: 0.35, blur: 0 } },
      styles: { inner: { left: 0 }, title: { fontSize: 16, fontWeight: 650 } },
    },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: 12 } },
    Menu: {
      defaultProps: {
        shadow: 'md',
        radius: 'md',
        position: 'bottom-end',
        withInitialFocusPlaceholder: false,
      },
      styles: { itemLabel: { minWidth: 0 } },
    },
    // Floating parts live inside <main>, so that they belong to a landmark.
    Portal: { defaultProps: { target: '#floating', reuseTargetNode: false } },
    Input: {
      vars: () => ({ wrapper: { '--input-bd': 'var(--hd-border)', '--input-bg': 'var(--hd-panel)' } }),
    },
    InputWrapper: {
      styles: {
        label: { fontWeight: 550, marginBottom: 4 },
        description: { marginBottom: 6, lineHeight: 1.4 },
      },
    },
    Kbd: {
      styles: {
        root: {
          fontFamily: 'var(--hd-font)',
          fontWeight: 550,
          fontSize: 11,
          minWidth: 22,
          textAlign: 'center',
        },
      },
    },
    Alert: { styles: { message: { color: 'var(--hd-text)' } } },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--hd-panel)',
    '--mantine-color-text': 'var(--hd-text)',
    '--mantine-color-dimmed': 'var(--hd-text-muted)',
    '--mantine-color-placeholder': 'var(--hd-text-muted)',
    '--mantine-color-error': 'var(--hd-danger)',
    '--mantine-color-anchor': 'var(--hd-accent)',
    '--mantine-color-default': 'var(--hd-panel)',
    '--mantine-color-default-hover': 'var(--hd-hover)',
    '--mantine-color-default-color': 'var(--hd-text)',
    '--mantine-shadow-md': 'var(--hd-shadow)',
    '--mantine-shadow-sm': 'var(--hd-shadow)',
  },
  light: schemeVariables('var(--hd-text)'),
  dark: schemeVariables('var(--hd-text)'),
})

function schemeVariables(gray: string): Record<string, string> {
  return {
    '--mantine-color-body': 'var(--hd-panel)',
    '--mantine-color-text': 'var(--hd-text)',
    '--mantine-color-dimmed': 'var(--hd-text-muted)',
    '--mantine-color-placeholder': 'var(--hd-text-muted)',
    '--mantine-color-error': 'var(--hd-danger)',
    '--mantine-color-anchor': 'var(--hd-accent)',
    '--mantine-color-default': 'var(--hd-panel)',
    '--mantine-color-default-hover': 'var(--hd-hover)',
    '--mantine-color-default-color': 'var(--hd-text)',
    '--mantine-color-default-border': 'var(--hd-border)',
    '--mantine-color-disabled': 'var(--hd-hover)',
    '--mantine-color-disabled-color': 'var(--hd-text-muted)',
    '--mantine-color-teal-filled': 'var(--hd-fill)',
    '--mantine-color-teal-filled-hover': 'var(--hd-fill-hover)',
    '--mantine-color-teal-light': 'var(--hd-selected)',
    '--mantine-color-teal-light-hover': 'var(--hd-selected)',
    '--mantine-color-teal-light-color': 'var(--hd-accent)',
    '--mantine-color-teal-outline': 'var(--hd-accent)',
    '--mantine-color-teal-text': 'var(--hd-accent)',
    '--mantine-color-red-light': 'var(--hd-danger-soft)',
    '--mantine-color-red-light-hover': 'var(--hd-danger-soft)',
    '--mantine-color-red-light-color': 'var(--hd-danger)',
    '--mantine-color-red-text': 'var(--hd-danger)',
    '--mantine-color-gray-light-color': gray,
    '--mantine-color-gray-light': 'var(--hd-hover)',
    '--mantine-color-gray-light-hover': 'var(--hd-hover)',
  }
}
