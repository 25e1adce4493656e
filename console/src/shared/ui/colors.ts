/** Colours of queues and tags: white text is readable on each, in both themes. */

export const readableColors = [
  { value: '#0b7285', name: 'cyan' },
  { value: '#0f766e', name: 'teal' },
  { value: '#2b6a3f', name: 'green' },
  { value: '#8a4b08', name: 'amber' },
  { value: '#b42318', name: 'red' },
  { value: '#a61e4d', name: 'pink' },
  { value: '#9c36b5', name: 'purple' },
  { value: '#5f3dc4', name: 'violet' },
  { value: '#364fc7', name: 'indigo' },
  { value: '#1864ab', name: 'blue' },
  { value: '#495057', name: 'gray' },
] as const
